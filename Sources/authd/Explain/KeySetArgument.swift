internal import ArgumentParser

/// `--jwks ISSUER=FILE`, or `--jwks FILE` for the only issuer that has remote keys.
struct KeySetArgument: ExpressibleByArgument {
    /// The issuer's name in the configuration; nil: the only one with remote keys.
    let issuer: String?
    let path: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        // A path with a slash before its first "=" names no issuer.
        let isNamed = parts.count == 2 && !parts[0].contains("/")
        issuer = isNamed ? String(parts[0]) : nil
        path = isNamed ? String(parts[1]) : argument
        guard !path.isEmpty, issuer?.isEmpty != true else { return nil }
    }
}

internal import Authorization
internal import Daemon

/// Where in the request the token of `authd explain` stands.
enum CredentialPlace {
    /// The index of the place in `sources`, the places where the policy's issuers expect tokens.
    /// - Parameter wanted: the name of a header or cookie; nil: `Authorization` where that is one of them, else the first.
    static func index(_ wanted: String?, in sources: [CredentialSource]) throws(CommandFailure) -> Int {
        guard let wanted else { return sources.firstIndex(of: .authorization) ?? 0 }
        let found = sources.firstIndex { source in
            switch source {
            case .header(let name): name == wanted.lowercased()
            case .cookie(let name): name == wanted
            }
        }
        guard let found else {
            let known = sources.map { $0.text }.joined(separator: ", ")
            throw CommandFailure(
                .usage,
                "--token-from: no issuer takes its token from there; known: \(known.isEmpty ? "none" : known)"
            )
        }
        return found
    }
}

extension CredentialSource {
    /// As an operator names it.
    fileprivate var text: String {
        switch self {
        case .header(let name): "header \(name)"
        case .cookie(let name): "cookie \(name)"
        }
    }
}

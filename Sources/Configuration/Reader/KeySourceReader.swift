/// Reads where the keys of an issuer come from.
enum KeySourceReader {
    /// - Parameter hint: what to tell somebody who writes a secret into the configuration.
    static func read(_ value: LocatedNode, minimumSecretBytes: Int?, hint: String) -> KeySourceSettings? {
        guard let mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        mapping.hint(
            hint,
            for: ["secret", "secrets", "value", "values", "key", "keys", "password", "hmac", "jwk", "jwks", "k"]
        )
        let longest = Duration.seconds(8760 * 3600)
        let overlapNode = mapping.optional("overlap")
        let overlap = overlapNode.map { $0.duration(in: .zero...longest) }
        guard let (form, place) = mapping.exactlyOne(of: ["file", "directory", "jwks_url"]) else { return nil }
        let source: KeySourceSettings.Source? =
            switch form {
            case "file": place.filePath().map { .file($0) }
            case "directory": place.filePath().map { .directory($0) }
            default: place.jwksURL().map { .jwksURL($0) }
            }
        guard let source, let overlap = overlap ?? .zero else { return nil }
        return KeySourceSettings(
            source: source,
            overlap: overlap.inSeconds,
            minimumSecretBytes: minimumSecretBytes,
            origin: place.origin
        )
    }
}

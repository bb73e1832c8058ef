/// Reads where the keys of an issuer come from.
struct KeySourceReader {
    /// The issuer's preset knows where its keys are: then the section may name no source.
    let preset: Preset?
    /// Whether the issuer's tokens are signed with shared secrets.
    let isSymmetric: Bool
    /// nil: as long as the algorithm asks for.
    let minimumSecretBytes: Int?
    /// What to tell somebody who writes a secret into the configuration.
    let hint: String

    private static let sources = ["file", "directory", "credential", "jwks_url", "openid"]
    private static let longestOverlap = Duration.seconds(8760 * 3600)

    func read(_ value: LocatedNode) -> KeySourceSettings? {
        guard let mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        mapping.hint(
            hint,
            for: ["secret", "secrets", "value", "values", "key", "keys", "password", "hmac", "jwk", "jwks", "k"]
        )
        let overlap = mapping.optional("overlap").map { $0.duration(in: .zero...Self.longestOverlap) }
        let allowsPublished = readPublished(mapping)
        guard let (source, place) = source(mapping), let overlap = overlap ?? .zero else { return nil }
        return KeySourceSettings(
            source: source,
            overlap: overlap.inSeconds,
            minimumSecretBytes: minimumSecretBytes,
            allowsPublishedSecrets: allowsPublished,
            origin: place.origin
        )
    }

    private func readPublished(_ mapping: MappingDecoder) -> Bool {
        guard let allows = mapping.optional("allow_published")?.boolean() else { return true }
        if !isSymmetric {
            let hint = "only HMAC has secrets; remove it"
            mapping.key("allow_published")?.fail(.conflict, "has no effect", hint: hint)
        }
        return allows
    }

    /// The keys of a preset that stands without a `keys` section.
    func read(_ preset: Preset) -> KeySourceSettings {
        let remote = RemoteKeysReader().read(.keySet(url: preset.keys.text), url: preset.keys)
        return KeySourceSettings(source: .remote(remote), origin: preset.keys.node.origin)
    }

    private func source(_ mapping: MappingDecoder) -> (source: KeySourceSettings.Source, place: LocatedNode)? {
        let remote = RemoteKeysReader(mapping)
        if let preset, Self.sources.allSatisfy({ mapping.optional($0) == nil }) {
            return (.remote(remote.read(.keySet(url: preset.keys.text), url: preset.keys)), preset.keys.node)
        }
        guard let (form, place) = mapping.exactlyOne(of: Self.sources) else { return nil }
        let source: KeySourceSettings.Source?
        switch form {
        case "file":
            source = place.filePath().map { .file($0) }
            remote.refuseAll()
        case "directory":
            source = place.filePath().map { .directory($0) }
            remote.refuseAll()
        case "credential":
            source = place.credentialPath().map { .file($0) }
            remote.refuseAll()
        case "jwks_url":
            source = place.keyURL().map { .remote(remote.read(.keySet(url: $0.text), url: $0)) }
        default:
            source = place.keyURL(allowsQuery: false).map { .remote(remote.read(.openID(issuer: $0.text), url: $0)) }
        }
        if isSymmetric, case .remote = source {
            let hint = "HMAC keys stand in a file: keys: { file: PATH }"
            place.fail(.conflict, "a shared secret is never fetched", hint: hint)
        }
        return source.map { ($0, place) }
    }
}

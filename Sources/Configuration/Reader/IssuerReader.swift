internal import Authorization
internal import JOSE

/// Reads one issuer.
struct IssuerReader {
    let form: ConfigurationForm

    func read(_ element: LocatedNode) -> IssuerReading? {
        guard let mapping = element.mapping() else { return nil }
        defer { mapping.finish() }
        let before = element.diagnostics.faults
        let nameNode = mapping.required("name")
        var policy = IssuerPolicy(name: nameNode?.name() ?? "", algorithms: [])
        let presetNode = mapping.optional("preset")
        let preset = presetNode.flatMap { PresetReader.read($0) }
        let issuerNode = mapping.optional("issuer")
        if presetNode == nil {
            policy.issuer = issuerNode?.text()
            policy.audiences = audiences(mapping)
        } else {
            refuseBesidePreset(mapping)
        }
        if let preset { take(preset, into: &policy) }
        readAlgorithms(mapping, hasPreset: presetNode != nil, into: &policy)
        IssuerChecksReader.read(mapping, into: &policy)
        warnOfAnyAudience(mapping, policy)
        let keys = readKeys(mapping, preset, hasPreset: presetNode != nil, policy)
        settleIssuer(keys, mapping, into: &policy)
        guard let nameNode, element.diagnostics.faults == before, form == .policy || keys != nil else { return nil }
        return IssuerReading(
            policy: policy,
            keys: keys,
            nameOrigin: nameNode.origin,
            issuerOrigin: issuerNode?.origin ?? presetNode?.origin ?? element.origin
        )
    }

    private func audiences(_ mapping: MappingDecoder) -> [String] {
        guard let list = mapping.optional("audiences") else { return [] }
        return list.uniqueTexts(whenEmpty: "remove the key where aud shall not be checked") ?? []
    }

    /// A token must be for somebody: an API, or one client of which the issuer's claims speak.
    private func warnOfAnyAudience(_ mapping: MappingDecoder, _ policy: IssuerPolicy) {
        let clients = [["client_id"], ["azp"]]
        guard mapping.key("audiences") == nil, mapping.key("preset") == nil,
            !policy.claims.contains(where: { clients.contains($0.claim.names) })
        else { return }
        let hint = "name this API in audiences, unless the keys serve nothing else"
        mapping.diagnostics.warn(mapping.origin.error(.weak, "tokens for any audience are accepted", hint: hint))
    }

    /// What the preset is there to say. The rest may be said anew.
    private func refuseBesidePreset(_ mapping: MappingDecoder) {
        for name in ["issuer", "audiences"] where mapping.optional(name) != nil {
            let hint = "remove it, or write the issuer without a preset"
            mapping.key(name)?.fail(.conflict, "the preset says it", hint: hint)
        }
    }

    private func take(_ preset: Preset, into policy: inout IssuerPolicy) {
        policy.issuer = preset.issuer
        policy.audiences = preset.audiences
        policy.algorithms = preset.algorithms
        policy.types = preset.types
        policy.claims = preset.claims
    }

    private func readAlgorithms(_ mapping: MappingDecoder, hasPreset: Bool, into policy: inout IssuerPolicy) {
        let list =
            hasPreset
            ? mapping.optional("algorithms") : mapping.required("algorithms", hint: "such as algorithms: [HS256]")
        guard let list, let algorithms = AlgorithmsReader.read(list) else { return }
        policy.algorithms = algorithms
        if hasPreset, algorithms.contains(where: \.isSymmetric) {
            let hint = "remove it, unless the service was set up for another one"
            list.fail(.conflict, "a login service signs with a public key's algorithm", hint: hint)
        }
    }

    private func readKeys(
        _ mapping: MappingDecoder,
        _ preset: Preset?,
        hasPreset: Bool,
        _ policy: IssuerPolicy
    ) -> KeySourceSettings? {
        let secretHint = "secrets stand in a file of their own: keys: { file: PATH }"
        guard form == .daemon else {
            mapping.hint(ConfigurationForm.daemonOnly, for: ["keys", "minimum_secret_bytes"])
            return nil
        }
        mapping.hint(secretHint, for: ["secret", "secrets", "key", "secret_file", "key_file", "password"])
        mapping.hint("stands in keys: keys: { jwks_url: URL }", for: ["jwks_url", "jwks_uri", "jwks"])
        mapping.hint("stands in keys: keys: { openid: URL }", for: ["openid", "oidc", "discovery"])
        let isSymmetric = policy.algorithms.contains(where: \.isSymmetric)
        let least = readLeastSecret(mapping, policy.algorithms)
        let reader = KeySourceReader(
            preset: preset,
            isSymmetric: isSymmetric,
            minimumSecretBytes: least,
            hint: secretHint
        )
        if let section = mapping.optional("keys") {
            // Without the preset that was meant, the section cannot be judged.
            return hasPreset && preset == nil ? nil : reader.read(section)
        }
        guard hasPreset else {
            _ = mapping.required("keys", hint: "such as keys: { file: PATH }")
            return nil
        }
        return preset.map { reader.read($0) }
    }

    private func readLeastSecret(_ mapping: MappingDecoder, _ algorithms: [SignatureAlgorithm]) -> Int? {
        guard let node = mapping.optional("minimum_secret_bytes") else { return nil }
        let bytes = node.integer(in: 1...1024)
        guard algorithms.isEmpty || algorithms.contains(where: \.isSymmetric) else {
            let hint = "remove it; RSA keys have at least 2048 bits"
            mapping.key("minimum_secret_bytes")?.fail(.conflict, "has no effect: only HMAC has secrets", hint: hint)
            return nil
        }
        let wanted = algorithms.map(\.digestBytes).max() ?? 0
        if let bytes, bytes < wanted {
            let hint = "RFC 7518 §3.2 asks for at least \(wanted) bytes"
            node.warn(.weak, "secrets that can be guessed are accepted", hint: hint)
        }
        return bytes
    }

    /// An OpenID issuer's identifier is the `iss` of its tokens (OpenID Connect Core §2, Discovery §4.3).
    private func settleIssuer(_ keys: KeySourceSettings?, _ mapping: MappingDecoder, into policy: inout IssuerPolicy) {
        guard let keys, case .remote(let remote) = keys.source, case .openID(let identifier) = remote.location else {
            return
        }
        guard let issuer = policy.issuer else {
            if mapping.key("issuer") == nil { policy.issuer = identifier }
            return
        }
        guard !issuer.utf8.elementsEqual(identifier.utf8) else { return }
        let hint = "remove it, or write keys: { jwks_url: URL }"
        let message = "must be the issuer's iss, to the letter"
        mapping.diagnostics.add(keys.origin.error(.conflict, message, hint: hint))
    }
}

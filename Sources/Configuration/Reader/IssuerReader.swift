internal import Authorization
internal import JOSE

/// Reads one issuer.
struct IssuerReader {
    let form: ConfigurationForm

    private static let longest = Duration.seconds(8760 * 3600)

    func read(_ element: LocatedNode) -> IssuerReading? {
        guard let mapping = element.mapping() else { return nil }
        defer { mapping.finish() }
        let nameNode = mapping.required("name")
        let name = nameNode?.name()
        let issuerNode = mapping.optional("issuer")
        let issuer = issuerNode.map { $0.text() }
        let audiences = audiences(mapping)
        let algorithms = mapping.required("algorithms", hint: "such as algorithms: [HS256]").flatMap {
            AlgorithmsReader.read($0)
        }
        var policy = IssuerPolicy(name: name ?? "", algorithms: algorithms ?? [])
        policy.issuer = issuer ?? nil
        policy.audiences = audiences ?? []
        let hasChecks = readChecks(mapping, into: &policy)
        let source = mapping.optional("token_from").map { TokenFromReader.read($0) }
        policy.credential = (source ?? .authorization) ?? .authorization
        let keys = readKeys(mapping, algorithms ?? [])
        guard let nameNode, name != nil, algorithms != nil, hasChecks, form == .policy || keys != nil else {
            return nil
        }
        return IssuerReading(
            policy: policy,
            keys: keys,
            nameOrigin: nameNode.origin,
            issuerOrigin: issuerNode?.origin ?? element.origin
        )
    }

    private func audiences(_ mapping: MappingDecoder) -> [String]? {
        guard let list = mapping.optional("audiences") else {
            let warning = mapping.origin.error(
                .weak,
                "tokens for any audience are accepted",
                hint: "name this API in audiences, unless the keys serve nothing else"
            )
            mapping.diagnostics.warn(warning)
            return []
        }
        return list.uniqueTexts(whenEmpty: "remove the key where aud shall not be checked")
    }

    /// What a token must be besides signed. - Returns: whether all of it could be read.
    private func readChecks(_ mapping: MappingDecoder, into policy: inout IssuerPolicy) -> Bool {
        let before = mapping.diagnostics.errors.count
        if let leeway = mapping.optional("leeway")?.duration(in: .zero ... .seconds(300)) {
            policy.leeway = leeway.inSeconds
        }
        if let lifetime = mapping.optional("max_lifetime") {
            if case .scalar(let scalar) = lifetime.node.content, scalar.text == "unlimited" {
                policy.maximumLifetime = nil
            } else if let longest = lifetime.duration(in: .seconds(1)...Self.longest) {
                policy.maximumLifetime = longest.inSeconds
            }
        }
        if let required = mapping.optional("require") {
            policy.requiredClaims = required.uniqueTexts(whenEmpty: nil) ?? []
            if !policy.requiredClaims.contains("exp") {
                required.warn(.weak, "tokens that never expire are accepted", hint: "add exp to the list")
            }
        }
        if let types = mapping.optional("types") {
            policy.types = types.uniqueTexts(whenEmpty: "remove the key where typ shall not be checked", type) ?? []
        }
        if let accept = mapping.optional("accept_future_iat")?.boolean() { policy.refusesFutureIssue = !accept }
        return mapping.diagnostics.errors.count == before
    }

    /// A media type whose `application/` may be left out (RFC 7515 §4.1.9), in lower case.
    private func type(_ element: LocatedNode) -> String? {
        guard let text = element.text(limit: 127)?.lowercasedASCII else { return nil }
        let short = text.hasPrefix("application/") ? String(text.dropFirst("application/".count)) : text
        let parts = short.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy(\.isToken) else {
            element.fail(.invalidValue, "not a media type", hint: "such as at+jwt")
            return nil
        }
        return short
    }

    private func readKeys(_ mapping: MappingDecoder, _ algorithms: [SignatureAlgorithm]) -> KeySourceSettings? {
        let secretHint = "secrets stand in a file of their own: keys: { file: PATH }"
        guard form == .daemon else {
            mapping.hint(ConfigurationForm.daemonOnly, for: ["keys", "minimum_secret_bytes"])
            return nil
        }
        mapping.hint(secretHint, for: ["secret", "secrets", "key", "secret_file", "key_file", "password"])
        let least = mapping.optional("minimum_secret_bytes")
        let bytes = least?.integer(in: 1...1024)
        let wanted = algorithms.map(\.digestBytes).max() ?? 0
        if let bytes, bytes < wanted {
            let hint = "RFC 7518 §3.2 asks for at least \(wanted) bytes"
            least?.warn(.weak, "secrets that can be guessed are accepted", hint: hint)
        }
        guard let keys = mapping.required("keys", hint: "such as keys: { file: PATH }") else { return nil }
        return KeySourceReader.read(keys, minimumSecretBytes: bytes, hint: secretHint)
    }
}

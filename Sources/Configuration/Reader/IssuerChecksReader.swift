internal import Authorization

/// Reads what a token of an issuer must be besides signed.
enum IssuerChecksReader {
    private static let longestLife = Duration.seconds(8760 * 3600)

    static func read(_ mapping: MappingDecoder, into policy: inout IssuerPolicy) {
        readTimes(mapping, into: &policy)
        if let required = mapping.optional("require") {
            policy.requiredClaims = required.uniqueTexts(whenEmpty: nil) ?? []
            if !policy.requiredClaims.contains("exp") {
                required.warn(.weak, "tokens that never expire are accepted", hint: "add exp to the list")
            }
        }
        if let types = mapping.optional("types") {
            policy.types = types.uniqueTexts(whenEmpty: "remove the key where typ shall not be checked", type) ?? []
        }
        if let claims = mapping.optional("claims") { readClaims(claims, into: &policy) }
        if let source = mapping.optional("token_from").flatMap({ TokenFromReader.read($0) }) {
            policy.credential = source
        }
    }

    private static func readTimes(_ mapping: MappingDecoder, into policy: inout IssuerPolicy) {
        if let leeway = mapping.optional("leeway")?.duration(in: .zero ... .seconds(300)) {
            policy.leeway = leeway.inSeconds
        }
        if let lifetime = mapping.optional("max_lifetime") {
            if case .scalar(let scalar) = lifetime.node.content, scalar.text == "unlimited" {
                policy.maximumLifetime = nil
            } else if let longest = lifetime.duration(in: .seconds(1)...longestLife) {
                policy.maximumLifetime = longest.inSeconds
            }
        }
        if let accept = mapping.optional("accept_future_iat")?.boolean() { policy.refusesFutureIssue = !accept }
    }

    /// Besides those of a preset, none of which is taken back.
    private static func readClaims(_ section: LocatedNode, into policy: inout IssuerPolicy) {
        let own = ClaimsReader.read(section)
        for claim in own where policy.claims.contains(where: { $0.claim.names == claim.claim.names }) {
            section.fail(.conflict, "the preset says what \"\(claim.claim.text)\" must be", hint: "remove it")
        }
        policy.claims += own
    }

    /// A media type whose `application/` may be left out (RFC 7515 §4.1.9), in lower case.
    private static func type(_ element: LocatedNode) -> String? {
        guard let text = element.text(limit: 127)?.lowercasedASCII else { return nil }
        let short = text.hasPrefix("application/") ? String(text.dropFirst("application/".count)) : text
        let parts = short.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy(\.isToken) else {
            element.fail(.invalidValue, "not a media type", hint: "such as at+jwt")
            return nil
        }
        return short
    }
}

internal import Authorization

/// Reads one rule.
enum RuleReader {
    static func read(_ element: LocatedNode) -> RuleReading? {
        guard let mapping = element.mapping() else { return nil }
        defer { mapping.finish() }
        let nameNode = mapping.required("name")
        let name = nameNode?.name()
        let matchNode = mapping.required("match", hint: "such as match: { path: /hello/** }")
        let match = matchNode.flatMap { MatchReader.read($0) }
        let mode = mapping.optional("mode")?.choice([("enforce", Rule.Mode.enforce), ("shadow", .shadow)]) ?? .enforce
        let upstreamNode = mapping.optional("upstream")
        let upstream = upstreamNode.map { $0.name() }
        guard let (form, value) = mapping.exactlyOne(of: ["allow", "require", "deny"]) else { return nil }
        var issuerNode: LocatedNode?
        let effect = effect(form, value, &issuerNode)
        guard let nameNode, let name, let matchNode, let match, let effect else { return nil }
        let rule = Rule(name: name, match: match, effect: effect, mode: mode, upstream: upstream ?? nil)
        refuseUseless(rule, mapping)
        return RuleReading(
            rule: rule,
            origin: element.origin,
            nameOrigin: nameNode.origin,
            matchOrigin: matchNode.origin,
            diagnostics: element.diagnostics,
            issuerNode: issuerNode,
            upstreamNode: upstreamNode
        )
    }

    private static func effect(_ form: String, _ value: LocatedNode, _ issuer: inout LocatedNode?) -> Rule.Effect? {
        switch form {
        case "allow":
            return value.choice([("anonymous", Rule.Effect.anonymous)])
        case "deny":
            guard let flag = value.boolean() else { return nil }
            guard flag else {
                value.fail(.invalidValue, "must be true", hint: "to let requests through, write allow or require")
                return nil
            }
            return .deny
        default:
            return requirement(value, &issuer).map { .require($0) }
        }
    }

    private static func requirement(_ value: LocatedNode, _ issuer: inout LocatedNode?) -> Requirement? {
        guard let mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        var requirement = Requirement()
        issuer = mapping.optional("issuer")
        requirement.issuer = issuer?.name()
        if let scopes = mapping.optional("scopes") {
            requirement.scopes = scopes.uniqueTexts(whenEmpty: "or remove the key", scope) ?? []
        }
        if let claims = mapping.optional("claims") { requirement.claims = ClaimsReader.read(claims) }
        return requirement
    }

    /// A scope-token (RFC 6749 §3.3).
    private static func scope(_ element: LocatedNode) -> String? {
        guard let text = element.text(limit: 256) else { return nil }
        let isToken = text.utf8.allSatisfy {
            (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        guard isToken else {
            let hint = text.contains(" ") ? "each scope is an element of its own: [a, b]" : nil
            element.fail(.invalidValue, "not a scope (RFC 6749 §3.3)", hint: hint)
            return nil
        }
        return text
    }

    private static func refuseUseless(_ rule: Rule, _ mapping: MappingDecoder) {
        if rule.mode == .shadow, rule.effect == .anonymous {
            let hint = "shadow records what a rule would have denied"
            mapping.key("mode")?.fail(.conflict, "a rule that allows everybody denies nothing", hint: hint)
        }
        if rule.mode == .enforce, rule.effect == .deny {
            mapping.key("upstream")?.fail(.conflict, "a rule that denies sends nothing to an upstream")
        }
    }
}

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
        let headersNode = mapping.optional("headers")
        guard let (form, value) = mapping.exactlyOne(of: ["allow", "require", "deny"]) else { return nil }
        var requirements = RequirementReader()
        let effect = effect(form, value, &requirements)
        guard let nameNode, let name, let matchNode, let match, let effect else { return nil }
        let rule = Rule(name: name, match: match, effect: effect, mode: mode, upstream: upstream ?? nil)
        refuseUseless(rule, mapping)
        return RuleReading(
            rule: rule,
            origin: element.origin,
            nameOrigin: nameNode.origin,
            matchOrigin: matchNode.origin,
            diagnostics: element.diagnostics,
            issuers: requirements.issuers,
            upstreamNode: upstreamNode,
            headersNode: headersNode
        )
    }

    private static func effect(
        _ form: String,
        _ value: LocatedNode,
        _ requirements: inout RequirementReader
    ) -> Rule.Effect? {
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
            return requirements.read(value).map { .require($0) }
        }
    }

    private static func refuseUseless(_ rule: Rule, _ mapping: MappingDecoder) {
        if rule.mode == .shadow, rule.effect == .anonymous {
            let hint = "shadow records what a rule would have denied"
            mapping.key("mode")?.fail(.conflict, "a rule that allows everybody denies nothing", hint: hint)
        }
        if rule.mode == .enforce, rule.effect == .deny {
            mapping.key("upstream")?.fail(.conflict, "a rule that denies sends nothing to an upstream")
        }
        if case .require = rule.effect { return }
        let hint = "only a rule with require looks at a token"
        mapping.key("headers")?.fail(.conflict, "nobody is known here whom headers could tell of", hint: hint)
    }
}

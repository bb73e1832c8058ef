internal import Authorization

/// Reads all rules and what holds between them.
struct RulesReader {
    private(set) var rules: [RuleReading] = []
    private var names = NameRegister()

    mutating func read(_ section: LocatedNode?, root: MappingDecoder) {
        guard let section else {
            root.diagnostics.warn(root.origin.error(.unused, "no rules: every request is denied"))
            return
        }
        guard let elements = section.elements() else { return }
        if elements.isEmpty { section.warn(.unused, "no rules: every request is denied") }
        for element in elements {
            guard let rule = RuleReader.read(element) else { continue }
            if let earlier = names.enter(rule.rule.name, rule.nameOrigin) {
                let message = "the name of another rule, on line \(earlier.place.line)"
                section.diagnostics.add(rule.nameOrigin.error(.duplicateValue, message))
            }
            rules.append(rule)
        }
        refuseShadowed(section.diagnostics)
    }

    /// A rule of the same host, path and method as an earlier one would never be asked. A rule for every method and one
    /// for some of them go together: the more specific one wins.
    private func refuseShadowed(_ diagnostics: Diagnostics) {
        struct Pattern: Hashable {
            let host: HostPattern?
            let segments: [PathPattern.Segment]
            let coversBelow: Bool
            /// nil: the rule for every method without one of its own.
            let method: String?
        }
        var seen: [Pattern: RuleReading] = [:]
        for rule in rules {
            let match = rule.rule.match
            let methods: [String?] = match.methods.isEmpty ? [nil] : match.methods
            var overlap: (method: String?, earlier: RuleReading)?
            for method in methods {
                let pattern = Pattern(
                    host: match.host,
                    segments: match.path.segments,
                    coversBelow: match.path.coversBelow,
                    method: method
                )
                if let earlier = seen[pattern] {
                    overlap = overlap ?? (method, earlier)
                } else {
                    seen[pattern] = rule
                }
            }
            guard let overlap else { continue }
            let what = overlap.method.map { "the same \($0) requests" } ?? "the same requests"
            let other = "rule \"\(overlap.earlier.rule.name)\" on line \(overlap.earlier.origin.place.line)"
            diagnostics.add(rule.matchOrigin.error(.conflict, "matches \(what) as \(other)"))
        }
    }

    /// Holds each rule to the issuers that there are.
    func check(issuers: IssuersReader) {
        guard issuers.knowsAllNames else { return }
        for rule in rules {
            guard case .require = rule.rule.effect else { continue }
            if issuers.names.names.isEmpty {
                let origin = rule.origin
                let message = "requires a token, but there are no issuers"
                rule.diagnostics.add(origin.error(.unknownReference, message, hint: "add issuers"))
                continue
            }
            for reference in rule.issuers where !issuers.names.contains(reference.name) {
                reference.node.failUnknownName("issuer", reference.name, among: issuers.names.names)
            }
        }
    }

    /// Reads the rules' own headers, after the policy's.
    mutating func readHeaders(_ reader: inout IdentityHeadersReader) {
        for index in rules.indices {
            guard let node = rules[index].headersNode, case .require = rules[index].rule.effect else { continue }
            rules[index].rule.headers = reader.read(node)
        }
    }

    /// Holds each rule to the upstreams that there are.
    func check(upstreams: UpstreamsReader) {
        guard upstreams.knowsAllNames else { return }
        for rule in rules {
            guard let node = rule.upstreamNode, let name = rule.rule.upstream, !upstreams.names.contains(name) else {
                continue
            }
            node.failUnknownName("upstream", name, among: upstreams.names.names)
        }
    }

    /// A proxy must know where to send what a rule lets through: the rule's own upstream, or the only one there is.
    mutating func settleUpstreams(_ upstreams: UpstreamsReader) {
        let only = upstreams.names.names.count == 1 ? upstreams.names.names.first : nil
        for index in rules.indices where rules[index].letsThrough && rules[index].upstreamNode == nil {
            if let only {
                rules[index].rule.upstream = only
            } else if upstreams.knowsAllNames {
                let rule = rules[index]
                let message = "rule \"\(rule.rule.name)\" has no upstream, but there is a proxy listener"
                let hint = upstreams.names.names.isEmpty ? "add upstreams" : "name one of the upstreams"
                rule.diagnostics.add(rule.origin.error(.missingKey, message, hint: hint))
            }
        }
    }
}

internal import Authorization

/// Reads what one rule requires of a token: a requirement and those that stand in it.
struct RequirementReader {
    /// Every issuer that is named, at any depth.
    private(set) var issuers: [IssuerReference] = []
    private var parts = 0

    /// - Returns: nil where something is wrong, which has been recorded.
    mutating func read(_ value: LocatedNode) -> Requirement? {
        var issuer: String?
        return read(value, depth: 1, issuer: &issuer)
    }

    /// - Parameter issuer: whose tokens alone can meet what was read so far; of another issuer's, nothing can be asked
    ///   beside it. Recursion is bounded by `Requirement.maximumDepth`.
    private mutating func read(_ value: LocatedNode, depth: Int, issuer: inout String?) -> Requirement? {
        parts += 1
        guard parts <= Requirement.maximumParts else {
            if parts == Requirement.maximumParts + 1 {
                value.fail(.outOfRange, "more than \(Requirement.maximumParts) requirements in one rule")
            }
            return nil
        }
        guard let mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        var requirement = Requirement()
        if let node = mapping.optional("issuer"), let name = node.name() {
            requirement.issuer = name
            if let other = issuer, other != name {
                let message = "stands within a requirement for tokens of \"\(other)\": nothing could meet both"
                node.fail(.conflict, message)
            }
            issuer = name
            issuers.append(IssuerReference(name: name, node: node))
        }
        if let scopes = mapping.optional("scopes") {
            requirement.scopes = scopes.uniqueTexts(whenEmpty: "or remove the key", scope) ?? []
        }
        if let claims = mapping.optional("claims") { requirement.claims = ClaimsReader.read(claims) }
        if let all = mapping.optional("all_of") {
            for element in elements(all, "or remove the key", depth) ?? [] {
                if let part = read(element, depth: depth + 1, issuer: &issuer) { requirement.allOf.append(part) }
            }
        }
        if let any = mapping.optional("any_of") {
            for element in elements(any, "nothing could meet it", depth) ?? [] {
                var own = issuer
                if let part = read(element, depth: depth + 1, issuer: &own) { requirement.anyOf.append(part) }
            }
        }
        return requirement
    }

    /// The requirements of a list: at least one, none that every token meets, none too deep.
    private func elements(_ list: LocatedNode, _ whenEmpty: String, _ depth: Int) -> [LocatedNode]? {
        guard let elements = list.elements() else { return nil }
        guard !elements.isEmpty else {
            list.fail(.invalidValue, "must not be empty", hint: whenEmpty)
            return nil
        }
        guard depth < Requirement.maximumDepth else {
            list.fail(.outOfRange, "requirements stand at most \(Requirement.maximumDepth) deep in each other")
            return nil
        }
        for element in elements {
            guard case .mapping(let entries) = element.node.content, entries.isEmpty else { continue }
            element.fail(.invalidValue, "asks for nothing, so that every token meets it", hint: "remove it")
        }
        return elements
    }

    /// A scope-token (RFC 6749 §3.3).
    private func scope(_ element: LocatedNode) -> String? {
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
}

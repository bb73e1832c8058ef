internal import Authorization

/// Reads which values claims must have.
enum ClaimsReader {
    static func read(_ section: LocatedNode) -> [ClaimRequirement] {
        guard let entries = section.namedEntries() else { return [] }
        if entries.isEmpty { section.fail(.invalidValue, "must not be empty", hint: "or remove the key") }
        var requirements: [ClaimRequirement] = []
        for (key, value) in entries {
            guard let claim = ClaimPath(key.text), key.text.utf8.count <= 256 else {
                key.fail(.invalidValue, "neither a claim's name nor a JSON Pointer (RFC 6901)")
                continue
            }
            guard let literals = literals(value) else { continue }
            requirements.append(ClaimRequirement(claim: claim, anyOf: literals))
        }
        return requirements
    }

    /// One value, or a list of which any will do.
    private static func literals(_ value: LocatedNode) -> [ClaimLiteral]? {
        guard case .sequence = value.node.content, let elements = value.elements() else {
            return literal(value).map { [$0] }
        }
        guard !elements.isEmpty else {
            value.fail(.invalidValue, "must not be empty: nothing could meet it")
            return nil
        }
        let literals = elements.compactMap(literal)
        return literals.count == elements.count ? literals : nil
    }

    /// A value keeps its type, because a claim only equals a value of the same JSON type. What YAML's versions read in
    /// different ways is refused.
    private static func literal(_ value: LocatedNode) -> ClaimLiteral? {
        guard let scalar = value.scalar("a text, a whole number, true or false") else { return nil }
        if scalar.isQuoted { return .string(scalar.text) }
        switch scalar.text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: break
        }
        let digits = scalar.text.hasPrefix("-") ? scalar.text.dropFirst() : scalar.text[...]
        if digits.isDigits, digits.utf8.count == 1 || digits.first != "0", let number = Int64(scalar.text) {
            return .integer(number)
        }
        guard !isAmbiguous(scalar.text) else {
            value.fail(
                .invalidValue,
                "a number or truth value to some readers of YAML and a text to others",
                hint: "put a text into quotes; numbers are whole, truth values true and false"
            )
            return nil
        }
        return .string(scalar.text)
    }

    private static func isAmbiguous(_ text: String) -> Bool {
        let words = ["true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf", "-.inf", "+.inf"]
        if words.contains(text.lowercasedASCII) { return true }
        let body = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
        guard let first = body.utf8.first(where: { $0 != UInt8(ascii: ".") }), first.isDigit else { return false }
        if body.isDigits || Double(body.filter { $0 != "_" }) != nil { return true }
        // Binary, octal, hexadecimal and sexagesimal numbers of YAML 1.1 and 1.2.
        if body.hasPrefix("0x") || body.hasPrefix("0o") || body.hasPrefix("0b") { return true }
        return body.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "_") }
    }
}

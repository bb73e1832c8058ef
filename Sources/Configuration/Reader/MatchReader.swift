internal import Authorization

/// Reads which requests a rule speaks of.
enum MatchReader {
    static func read(_ value: LocatedNode) -> RequestMatch? {
        guard let mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        let hostNode = mapping.optional("host")
        let host = hostNode.map(readHost)
        let path = mapping.required("path", hint: "every path is /**").flatMap(readPath)
        let methodsNode = mapping.optional("methods")
        let methods = methodsNode.map {
            $0.uniqueTexts(whenEmpty: "remove the key to mean every method", readMethod)
        }
        guard let path, hostNode == nil || host != nil else { return nil }
        return RequestMatch(host: host ?? nil, path: path, methods: (methods ?? []) ?? [])
    }

    private static func readPath(_ value: LocatedNode) -> PathPattern? {
        guard let text = value.text(limit: 4096) else { return nil }
        // A slash and a combining mark are one character to Swift, but two to every server.
        guard text.utf8.count(where: { $0 == UInt8(ascii: "/") }) == text.count(where: { $0 == "/" }) else {
            value.fail(.invalidValue, "a combining mark after \"/\" is ambiguous")
            return nil
        }
        do throws(PathPattern.Refusal) {
            return try PathPattern(text)
        } catch {
            value.fail(.invalidValue, error.message)
            return nil
        }
    }

    private static func readHost(_ value: LocatedNode) -> HostPattern? {
        guard let text = value.text(limit: 300) else { return nil }
        guard text != "*" else {
            value.fail(.invalidValue, "\"*\" is no host", hint: "remove the key to mean every host")
            return nil
        }
        let name = text.hasPrefix("*.") ? text.dropFirst(2) : text[...]
        let isLiteral = name.hasPrefix("[")
        // The pattern's reader drops a port, as it must for requests: here it would silently have no effect.
        let hasPort = isLiteral ? !name.hasSuffix("]") : name.contains(":")
        guard !hasPort else {
            let isURL = text.contains("://")
            value.fail(.invalidValue, isURL ? "a host, not a URL" : "a host here has no port")
            return nil
        }
        let isAddress = !isLiteral || (text == name && IPAddress(ipv6: name.dropFirst().dropLast()) != nil)
        guard isAddress, let pattern = HostPattern(text) else {
            value.fail(.invalidValue, "not a host name", hint: "such as api.example or *.example.com")
            return nil
        }
        return pattern
    }

    /// Methods are compared as they are (RFC 9110 §9.1), and those that clients send are in upper case.
    private static func readMethod(_ element: LocatedNode) -> String? {
        guard let text = element.text(limit: 32) else { return nil }
        guard text != "*" else {
            element.fail(.invalidValue, "\"*\" is no method", hint: "remove the key to mean every method")
            return nil
        }
        guard text.isToken else {
            element.fail(.invalidValue, "not a method (RFC 9110 §9.1)")
            return nil
        }
        guard !text.utf8.contains(where: \.isLower) else {
            let hint = "did you mean \"\(text.uppercasedASCII)\"?"
            element.fail(.invalidValue, "methods are compared with their case", hint: hint)
            return nil
        }
        return text
    }
}

/// Which claim: a member of the claims set by its exact name, or a JSON Pointer (RFC 6901) such as `/realm_access/roles`
/// where the text starts with a slash, so that a name with a dot in it is never ambiguous.
package struct ClaimPath: Sendable, Hashable {
    /// Member names from the top; never empty.
    package let names: [String]
    /// As the operator wrote it.
    package let text: String

    /// A member of the claims set whose name stands in the program, not in a configuration.
    package init(member name: StaticString) {
        text = name.description
        names = [text]
    }

    package init?(_ text: String) {
        self.text = text
        guard text.utf8.first == UInt8(ascii: "/") else {
            guard !text.isEmpty else { return nil }
            names = [text]
            return
        }
        var names: [String] = []
        for part in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let name = Self.unescaped(part) else { return nil }
            names.append(name)
        }
        self.names = names
    }

    /// `~1` is a slash and `~0` a tilde (RFC 6901 §4); nil for a tilde before anything else.
    private static func unescaped(_ part: Substring.UTF8View) -> String? {
        var name: [UInt8] = []
        var iterator = part.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "~") else {
                name.append(byte)
                continue
            }
            switch iterator.next() {
            case UInt8(ascii: "0"): name.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): name.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: name, as: UTF8.self)
    }
}

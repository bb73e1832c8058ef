extension LocatedKey {
    static let nameRule =
        "a name is printable ASCII without quotes, backslashes and outer blanks, at most 64 characters"

    /// Whether the text can stand in a header field, a log line and a metric label as it is.
    static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 64 else { return false }
        guard first != UInt8(ascii: " "), last != UInt8(ascii: " ") else { return false }
        return bytes.allSatisfy {
            (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
    }

    /// The key as what something is called.
    func name() -> String? {
        guard Self.isName(text) else {
            fail(.invalidValue, Self.nameRule)
            return nil
        }
        return text
    }
}

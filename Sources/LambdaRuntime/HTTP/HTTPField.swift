/// A header field.
package struct HTTPField: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Reads a line of a head (RFC 9110 §5.5, §5.6.2); the name comes in small letters. Refuses continued lines, blanks
    /// around the name and control characters.
    init?(line: ArraySlice<UInt8>) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return nil }
        let name = line[..<colon]
        guard name.allSatisfy(HTTPField.isTokenByte) else { return nil }
        var (start, end) = (colon + 1, line.endIndex)
        while start < end, line[start] == 0x20 || line[start] == 0x09 { start += 1 }
        while end > start, line[end - 1] == 0x20 || line[end - 1] == 0x09 { end -= 1 }
        let value = line[start..<end]
        guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { return nil }
        self.name = String(decoding: name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        self.value = String(decoding: value, as: UTF8.self)
    }

    /// Whether it can be sent: a token, and a value of visible characters and single blanks.
    var isSendable: Bool {
        !name.isEmpty && name.utf8.allSatisfy(HTTPField.isTokenByte)
            && value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 48...57, UInt8(ascii: "-"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

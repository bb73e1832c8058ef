internal import Configuration

/// Looks at a text that comes in pieces for what makes a file mean something else than an editor shows (see
/// `HiddenCharacter`), and for directives (see `TagDirective`). libyaml looks at the rest of its form, UTF-8 included.
struct YAMLTextGate {
    struct Fault: Equatable {
        let code: ConfigurationError.Code
        let message: String
        let hint: String
    }

    /// Of the byte that was looked at last.
    private(set) var line = 1
    private(set) var column = 0
    private(set) var lastByte: UInt8?
    private var beforeLast: UInt8 = 0
    private var count = 0

    /// The mark that some editors put before UTF-8: EF BB BF.
    static let markBytes = 3
    private var hasMark = false

    var isEmpty: Bool { count == (hasMark ? Self.markBytes : 0) }

    /// Whether this piece, which was checked last, is the first one and begins with the mark.
    func startsWithMark(_ piece: Span<UInt8>) -> Bool { hasMark && count == piece.count }

    /// - Returns: the first fault; then `line` and `column` are its place.
    mutating func check(_ piece: Span<UInt8>) -> Fault? {
        var start = 0
        if count == 0, piece.count >= Self.markBytes, piece[0] == 0xEF, piece[1] == 0xBB, piece[2] == 0xBF {
            hasMark = true
            start = Self.markBytes
        }
        count += piece.count
        for position in start..<max(start, piece.count) {
            let byte = piece[position]
            defer {
                beforeLast = lastByte ?? 0
                lastByte = byte
            }
            let isNewLine =
                lastByte == UInt8(ascii: "\n") || (lastByte == UInt8(ascii: "\r") && byte != UInt8(ascii: "\n"))
            if isNewLine {
                line += 1
                column = 0
            }
            // A continuation byte of UTF-8 belongs to the character before it.
            if byte & 0xC0 != 0x80 { column += 1 }
            if byte == UInt8(ascii: "%"), column == 1 {
                return Fault(code: .refusedYAML, message: "directives are not read", hint: "remove the line")
            }
            if byte & 0xC0 == 0x80, isHidden(byte) {
                return Fault(
                    code: .syntax,
                    message: "a hidden character that makes the file mean something else than it shows",
                    hint: "remove it, or write it as \\u… in double quotes"
                )
            }
        }
        return nil
    }

    /// Whether the byte ends one of U+0085, U+2028 to U+202E and U+2066 to U+2069.
    private func isHidden(_ byte: UInt8) -> Bool {
        switch (beforeLast, lastByte ?? 0, byte) {
        case (_, 0xC2, 0x85), (0xE2, 0x80, 0xA8...0xAE), (0xE2, 0x81, 0xA6...0xA9): true
        default: false
        }
    }
}

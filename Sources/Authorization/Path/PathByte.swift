/// What a byte means in the path of a request target.
enum PathByte {
    enum Kind: UInt8 {
        case plain, slash, percent, question
        /// Legal or commonly let through, but read in more than one way.
        case ambiguous
        /// Never legal in a request target.
        case illegal
    }

    static func kind(of byte: UInt8) -> Kind {
        switch byte {
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "%"): .percent
        case UInt8(ascii: "?"): .question
        case UInt8(ascii: ";"), UInt8(ascii: "\\"): .ambiguous
        case UInt8(ascii: "#"): .illegal
        case 0x21...0x7E: .plain
        default: .illegal
        }
    }

    /// The end of the run of plain bytes that begins at `start`.
    static func plainRun(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var position = start
        while position < end {
            let byte = bytes[position]
            // Letters, digits, "-", ".", "_" and "~" are nearly all there is; the rest asks again.
            let isCommon = byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            guard isCommon || kind(of: byte) == .plain else { break }
            position += 1
        }
        return position
    }

    /// Whether a byte means the same encoded and decoded to every server. Separators, dots with a meaning, `%` (double
    /// encoding), `?`, `#`, `;`, `\`, and controls do not; a dot is judged with its segment.
    static func isSafeWhenEncoded(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"),
            UInt8(ascii: ";"), 0x00...0x1F, 0x7F:
            false
        default: true
        }
    }
}

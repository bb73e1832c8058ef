internal import StrictJSON

/// Text beyond ASCII in a decoded path.
enum FoldingText {
    /// Whether the text is well-formed UTF-8 (overlong forms are not) and holds no character that some servers fold to
    /// ASCII, drop, or read as a separator: such a path has two readings.
    static func isUnambiguous(_ text: [UInt8]) -> Bool {
        let bytes = text.span
        var position = 0
        while position < bytes.count {
            guard bytes[position] >= 0x80 else {
                position += 1
                continue
            }
            let length = UTF8Sequence.length(bytes, at: position, before: bytes.count)
            guard length > 0, !isFolding(scalar(bytes, at: position, length: length)) else { return false }
            position += length
        }
        return true
    }

    private static func scalar(_ bytes: Span<UInt8>, at position: Int, length: Int) -> UInt32 {
        var value = UInt32(bytes[position] & (0x7F >> UInt8(length)))
        for offset in 1..<length { value = value << 6 | UInt32(bytes[position + offset] & 0x3F) }
        return value
    }

    /// Characters whose compatibility form (Unicode NFKC) or case folding has ASCII in it, whole blocks at a time, and
    /// those that are dropped when identifiers are compared (default ignorable).
    private static func isFolding(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80...0xA0, 0xAD: true  // C1 controls, no-break space, soft hyphen
        case 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F: true  // ignorable
        case 0xA8, 0xAA, 0xAF, 0xB2...0xB4, 0xB8...0xBA, 0xBC...0xBE: true  // Latin-1 signs that stand for ASCII
        case 0x131...0x133, 0x13F...0x140, 0x149, 0x17F: true  // dotless i, long s, ligatures
        case 0x1C4...0x1CC, 0x1F1...0x1F3: true  // digraphs
        case 0x2B0...0x2B8, 0x2D8...0x2DD, 0x2E0...0x2E4: true  // modifiers
        case 0x37A, 0x37E, 0x384...0x385: true  // Greek question mark and accents
        case 0x1680, 0x1D2C...0x1D6A, 0x1D9B...0x1DBF, 0x1E9A: true  // spaces, phonetic modifiers
        case 0x1FBD, 0x1FBF...0x1FC1, 0x1FCD...0x1FCF, 0x1FDD...0x1FDF, 0x1FED...0x1FEF, 0x1FFD...0x1FFE: true
        case 0x2000...0x206F: true  // spaces, zero width, bidi controls, dot leaders, fraction slash
        case 0x2070...0x209C, 0x20A8, 0x2100...0x218B: true  // super- and subscripts, letterlike, number forms
        case 0x2215, 0x2216, 0x2223, 0x2236, 0x29F5...0x29F9, 0x2A74...0x2A76: true  // division slash and its kin
        case 0x2460...0x24FF, 0x2C7C...0x2C7D: true  // enclosed
        case 0x3000, 0x3002, 0x309B...0x309C, 0x3164, 0x3200...0x33FF: true  // ideographic space and stop, squared
        case 0xA7F2...0xA7F4, 0xFB00...0xFB06, 0xFB29, 0xFC5E...0xFC63, 0xFDFA...0xFDFB: true  // ligatures
        case 0xFE00...0xFE1F, 0xFE30...0xFE7F, 0xFEFF, 0xFF00...0xFFFF: true  // variants, small and full-width forms
        case 0x10780...0x107BA, 0x1D400...0x1D7FF, 0x1F100...0x1F1FF, 0x1FBF0...0x1FBF9: true  // letters and digits
        case 0xE0000...0xE0FFF: true  // tags, variation selectors
        default: false
        }
    }
}

/// Well-formed UTF-8 (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
package enum UTF8Sequence {
    /// - Returns: the length of the well-formed multi-byte sequence at `position`, or 0.
    package static func length(_ bytes: Span<UInt8>, at position: Int, before end: Int) -> Int {
        let lead = bytes[position]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard end - position >= length, second.contains(bytes[position + 1]) else { return 0 }
        for offset in 2..<max(length, 2) where bytes[position + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// Whether all the bytes are well-formed UTF-8.
    package static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        var position = 0
        while position < bytes.count {
            if bytes[position] < 0x80 {
                position += 1
                continue
            }
            let length = length(bytes, at: position, before: bytes.count)
            guard length > 0 else { return false }
            position += length
        }
        return true
    }

    /// Calls `body` with each byte of the code point's UTF-8 form, without an allocation. A surrogate gives the three bytes
    /// that well-formed text never has.
    static func forEachByte(of codePoint: UInt32, _ body: (UInt8) -> Void) {
        switch codePoint {
        case ..<0x80:
            body(UInt8(truncatingIfNeeded: codePoint))
        case ..<0x800:
            body(0xC0 | UInt8(truncatingIfNeeded: codePoint >> 6))
            body(0x80 | UInt8(truncatingIfNeeded: codePoint & 0x3F))
        case ..<0x1_0000:
            body(0xE0 | UInt8(truncatingIfNeeded: codePoint >> 12))
            body(0x80 | UInt8(truncatingIfNeeded: (codePoint >> 6) & 0x3F))
            body(0x80 | UInt8(truncatingIfNeeded: codePoint & 0x3F))
        default:
            body(0xF0 | UInt8(truncatingIfNeeded: codePoint >> 18))
            body(0x80 | UInt8(truncatingIfNeeded: (codePoint >> 12) & 0x3F))
            body(0x80 | UInt8(truncatingIfNeeded: (codePoint >> 6) & 0x3F))
            body(0x80 | UInt8(truncatingIfNeeded: codePoint & 0x3F))
        }
    }
}

/// The text of JSON strings: escapes resolved, compared and copied.
enum JSONText {
    struct Escape {
        /// A scalar value, or a surrogate that stands alone.
        let codePoint: UInt32
        /// How many bytes the escape takes in the text: 2, 6, or 12 for a surrogate pair.
        let length: Int
    }

    /// Reads the escape whose backslash is at `position` (RFC 8259 §7).
    static func escape(
        _ bytes: Span<UInt8>,
        at position: Int,
        before end: Int,
        allowsLoneSurrogates: Bool
    ) -> Result<Escape, JSONError> {
        guard position + 1 < end else { return .failure(JSONError(.unexpectedEnd, at: end)) }
        let simple: Unicode.Scalar
        switch bytes[position + 1] {
        case .quote: simple = "\""
        case .backslash: simple = "\\"
        case UInt8(ascii: "/"): simple = "/"
        case UInt8(ascii: "b"): simple = "\u{8}"
        case .lowerF: simple = "\u{C}"
        case .lowerN: simple = "\n"
        case UInt8(ascii: "r"): simple = "\r"
        case .lowerT: simple = "\t"
        case .lowerU:
            return unicodeEscape(bytes, at: position, before: end, allowsLoneSurrogates: allowsLoneSurrogates)
        default: return .failure(JSONError(.badEscape, at: position))
        }
        return .success(Escape(codePoint: simple.value, length: 2))
    }

    private static func unicodeEscape(
        _ bytes: Span<UInt8>,
        at position: Int,
        before end: Int,
        allowsLoneSurrogates: Bool
    ) -> Result<Escape, JSONError> {
        guard let first = fourHexDigits(bytes, at: position + 2, before: end) else {
            return .failure(JSONError(.badEscape, at: position))
        }
        guard (0xD800...0xDFFF).contains(first) else { return .success(Escape(codePoint: first, length: 6)) }
        if first < 0xDC00, position + 7 < end, bytes[position + 6] == .backslash, bytes[position + 7] == .lowerU,
            let second = fourHexDigits(bytes, at: position + 8, before: end), (0xDC00...0xDFFF).contains(second)
        {
            let codePoint = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            return .success(Escape(codePoint: codePoint, length: 12))
        }
        return allowsLoneSurrogates
            ? .success(Escape(codePoint: first, length: 6)) : .failure(JSONError(.loneSurrogate, at: position))
    }

    private static func fourHexDigits(_ bytes: Span<UInt8>, at position: Int, before end: Int) -> UInt32? {
        guard position + 4 <= end else { return nil }
        var value: UInt32 = 0
        for offset in 0..<4 {
            guard let digit = hexDigit(bytes[position + offset]) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case .zero ... .nine: return byte - .zero
        case UInt8(ascii: "a")...UInt8(ascii: "f"): return byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): return byte - UInt8(ascii: "A") + 10
        default: return nil
        }
    }

    /// Whether two strings of one text have the same characters.
    static func areEqual(_ left: JSONNode, _ right: JSONNode, in bytes: Span<UInt8>) -> Bool {
        if !left.isEscaped, !right.isEscaped {
            return bytes.hasSameBytes(left.range, bytes, right.range)
        }
        var a: [UInt8] = []
        var b: [UInt8] = []
        append(left, in: bytes, to: &a)
        append(right, in: bytes, to: &b)
        return a == b
    }

    /// FNV-1a over the string's text, escapes resolved; seeded, because the sender chooses the names.
    static func hash(_ node: JSONNode, in bytes: Span<UInt8>, seed: UInt32) -> UInt32 {
        var hash = seed ^ 0x811C_9DC5
        guard node.isEscaped else {
            for position in node.range { hash = (hash ^ UInt32(bytes[position])) &* 0x0100_0193 }
            return hash
        }
        var text: [UInt8] = []
        append(node, in: bytes, to: &text)
        for byte in text { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return hash
    }

    /// Appends the string's text, escapes resolved, as UTF-8. The node must come from a parse of `bytes`.
    static func append(_ node: JSONNode, in bytes: Span<UInt8>, to output: inout [UInt8]) {
        var position = node.range.lowerBound
        let end = node.range.upperBound
        while position < end {
            let byte = bytes[position]
            guard byte == .backslash else {
                output.append(byte)
                position += 1
                continue
            }
            // The parser has accepted this escape, so the failure is out of reach; nothing is appended for it.
            guard case .success(let escape) = escape(bytes, at: position, before: end, allowsLoneSurrogates: true)
            else {
                return
            }
            UTF8Sequence.forEachByte(of: escape.codePoint) { output.append($0) }
            position += escape.length
        }
    }
}

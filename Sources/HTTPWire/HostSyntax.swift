/// Checks `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2.2), a little stricter than the grammar: what two
/// servers could take for two hosts is refused. No user information, no percent-encoding, no comma, no empty label
/// (one final dot is legal), no port above 65535.
enum HostSyntax {
    /// Whether the bytes at the range are a host that may be used. An empty one may not.
    static func isValid(_ bytes: RawSpan, _ range: ByteRange) -> Bool {
        let start = Int(range.start)
        let end = Int(range.end)
        if start == end { return false }
        let hostEnd: Int
        if ByteScan.byte(bytes, start) == ASCII.leftBracket {
            let bracket = ByteScan.first(ASCII.rightBracket, in: bytes, from: start, to: end)
            guard bracket < end, isLiteral(bytes, start + 1, bracket) else { return false }
            hostEnd = bracket + 1
        } else {
            hostEnd = ByteScan.first(ASCII.colon, in: bytes, from: start, to: end)
            guard isName(bytes, start, hostEnd) else { return false }
        }
        return hostEnd == end || (ByteScan.byte(bytes, hostEnd) == ASCII.colon && isPort(bytes, hostEnd + 1, end))
    }

    /// A name or an IPv4 address: unreserved and sub-delims without the comma, in labels that are not empty.
    private static func isName(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
        var labelIsEmpty = true
        var index = start
        while index < end {
            let byte = ByteScan.byte(bytes, index)
            if byte == ASCII.dot {
                if labelIsEmpty { return false }
                labelIsEmpty = true
            } else {
                if byte == ASCII.comma || !isNameByte(byte) { return false }
                labelIsEmpty = false
            }
            index += 1
        }
        return start < end
    }

    /// Digits, possibly none (RFC 3986 §3.2.3), at most 65535.
    private static func isPort(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
        if end - start > 5 { return false }
        var value = 0
        var index = start
        while index < end {
            let byte = ByteScan.byte(bytes, index)
            guard ASCII.isDigit(byte) else { return false }
            value = value * 10 + Int(byte &- 0x30)
            index += 1
        }
        return value <= 65535
    }

    /// What stands between the brackets: `IPv6address` or `IPvFuture`.
    private static func isLiteral(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
        if start == end { return false }
        if ByteScan.byte(bytes, start) | 0x20 == 0x76 { return isFutureAddress(bytes, start + 1, end) }
        return IPv6Syntax.isValid(bytes, start, end)
    }

    /// `1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`
    private static func isFutureAddress(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
        var index = start
        while index < end, ASCII.hexadecimalValue(ByteScan.byte(bytes, index)) != nil { index += 1 }
        guard index > start, index + 1 < end, ByteScan.byte(bytes, index) == ASCII.dot else { return false }
        index += 1
        while index < end {
            let byte = ByteScan.byte(bytes, index)
            if byte != ASCII.colon, !isNameByte(byte) { return false }
            index += 1
        }
        return true
    }

    // One bit for each byte: unreserved / sub-delims (RFC 3986 §2).
    private static let nameLow: UInt64 = 0x2BFF_7FD2_0000_0000
    private static let nameHigh: UInt64 = 0x47FF_FFFE_87FF_FFFE

    @inline(__always)
    private static func isNameByte(_ byte: UInt8) -> Bool {
        if byte >= 0x80 { return false }
        let bits = byte < 0x40 ? nameLow : nameHigh
        return (bits &>> UInt64(byte & 0x3F)) & 1 == 1
    }
}

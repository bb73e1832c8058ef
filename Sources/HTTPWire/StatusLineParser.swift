/// Parses `HTTP-version SP status-code [ SP reason-phrase ] CRLF` (RFC 9112 §4).
///
/// The space after the status code is required by the grammar and missing in the wild where the reason is empty; that
/// one liberty is taken.
struct StatusLineParser: Sendable {
    enum Result: Equatable {
        case incomplete
        /// The first field line begins at `next`.
        case line(next: Int)
        case refused(HTTPRefusal.Code)
    }

    /// Takes the bytes and where the line begins; fills version, status and reason of the head.
    func parse(_ bytes: RawSpan, at start: Int, into head: inout ResponseHead) -> Result {
        guard hasPrefix(bytes, at: start) else { return .refused(.statusLineMalformed) }
        let stop = ByteScan.firstControl(in: bytes, from: start)
        if stop == bytes.byteCount { return .incomplete }
        guard ByteScan.byte(bytes, stop) == ASCII.carriageReturn else { return .refused(.lineEndMalformed) }
        if stop + 1 == bytes.byteCount { return .incomplete }
        guard ByteScan.byte(bytes, stop + 1) == ASCII.lineFeed else { return .refused(.lineEndMalformed) }
        // "HTTP/1.1 200"
        guard stop - start >= 12, let version = version(bytes, at: start) else { return .refused(.statusLineMalformed) }
        guard let status = status(bytes, at: start + 9) else { return .refused(.statusLineMalformed) }
        if stop - start > 12, ByteScan.byte(bytes, start + 12) != ASCII.space { return .refused(.statusLineMalformed) }
        head.version = version
        head.status = status
        head.reason = ByteRange(min(start + 13, stop), stop)
        return .line(next: stop + 2)
    }

    /// Whether the bytes so far can be the beginning of a status line: garbage is not waited for.
    private func hasPrefix(_ bytes: RawSpan, at start: Int) -> Bool {
        let length = min(bytes.byteCount - start, 7)
        let prefix: UInt64 = 0x31_2F_50_54_54_48  // "HTTP/1"
        var index = 0
        while index < min(length, 6) {
            let expected = UInt8(truncatingIfNeeded: prefix >> (UInt64(index) * 8))
            if ByteScan.byte(bytes, start + index) != expected { return false }
            index += 1
        }
        return true
    }

    private func version(_ bytes: RawSpan, at start: Int) -> HTTPVersion? {
        guard ByteScan.byte(bytes, start + 8) == ASCII.space, ByteScan.byte(bytes, start + 6) == ASCII.dot
        else { return nil }
        switch ByteScan.byte(bytes, start + 7) {
        case 0x30: return .http10
        case 0x31: return .http11
        default: return nil
        }
    }

    /// Three digits, 100 to 599 (RFC 9110 §15).
    private func status(_ bytes: RawSpan, at start: Int) -> UInt16? {
        var value: UInt16 = 0
        for index in start..<start + 3 {
            let byte = ByteScan.byte(bytes, index)
            guard ASCII.isDigit(byte) else { return nil }
            value = value * 10 + UInt16(byte &- 0x30)
        }
        return value >= 100 && value < 600 ? value : nil
    }
}

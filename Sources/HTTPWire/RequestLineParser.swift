/// Parses `method SP request-target SP HTTP-version CRLF` (RFC 9112 §3), with exactly those two spaces.
struct RequestLineParser: Sendable {
    enum Result: Equatable {
        case incomplete
        /// The first field line begins at `next`.
        case line(next: Int)
        case refused(HTTPRefusal.Code)
    }

    /// `HTTP/1.1` and `HTTP/1.0` as little-endian words.
    private static let version11: UInt64 = 0x312E_312F_5054_5448
    private static let version10: UInt64 = 0x302E_312F_5054_5448

    /// Takes the bytes and where the line begins; fills the method, target and version of the head.
    ///
    /// What cannot become a request line is refused as soon as it shows: a TLS hello at its first byte, a banner at
    /// its line end.
    @inline(__always)
    func parse(_ bytes: RawSpan, at start: Int, into head: inout RequestHead) -> Result {
        let end = bytes.byteCount
        var methodEnd = start
        while methodEnd < end, ASCII.isToken(ByteScan.byte(bytes, methodEnd)) { methodEnd += 1 }
        if methodEnd - start > HeadLimits.methodBytes { return .refused(.methodTooLong) }
        if methodEnd == end { return .incomplete }
        guard ByteScan.byte(bytes, methodEnd) == ASCII.space else { return .refused(methodFault(bytes, at: methodEnd)) }
        if methodEnd == start { return .refused(.methodMalformed) }
        head.methodName = ByteRange(start, methodEnd)
        head.method = RequestMethod(name: bytes.extracting(start..<methodEnd))
        if head.method == .connect { return .refused(.methodNotServed) }

        let targetStart = methodEnd + 1
        let targetEnd = ByteScan.firstNonTarget(in: bytes, from: targetStart)
        if targetEnd == end { return .incomplete }
        guard ByteScan.byte(bytes, targetEnd) == ASCII.space else { return .refused(targetFault(bytes, at: targetEnd)) }
        if targetEnd == targetStart { return .refused(.requestLineMalformed) }
        head.target = ByteRange(targetStart, targetEnd)

        let versionStart = targetEnd + 1
        if versionStart + 10 > end { return partialVersion(bytes, at: versionStart) }
        let word = ByteScan.word(bytes, versionStart)
        guard ByteScan.byte(bytes, versionStart + 8) == ASCII.carriageReturn,
            ByteScan.byte(bytes, versionStart + 9) == ASCII.lineFeed
        else { return .refused(versionFault(bytes, at: versionStart)) }
        switch word {
        case Self.version11: head.version = .http11
        case Self.version10: head.version = .http10
        default:
            let isOther = isVersion(bytes, at: versionStart)
            return .refused(isOther ? .versionNotSupported : versionFault(bytes, at: versionStart))
        }
        if let code = classifyTarget(bytes, &head) { return .refused(code) }
        return .line(next: versionStart + 10)
    }

    /// Tells the forms of RFC 9112 §3.2 apart and finds the path in the target.
    private func classifyTarget(_ bytes: RawSpan, _ head: inout RequestHead) -> HTTPRefusal.Code? {
        let first = ByteScan.byte(bytes, Int(head.target.start))
        if first == ASCII.slash {
            head.targetForm = .origin
            head.pathAndQuery = head.target
            return nil
        }
        if first == 0x2A, head.target.count == 1 {
            head.targetForm = .asterisk
            head.pathAndQuery = head.target
            return head.method == .options ? nil : .targetMalformed
        }
        guard let authority = AbsoluteTarget.authority(bytes, head.target) else { return .targetMalformed }
        guard HostSyntax.isValid(bytes, authority) else { return .targetMalformed }
        head.targetForm = .absolute
        head.host = authority
        head.pathAndQuery = ByteRange(Int(authority.end), Int(head.target.end))
        return nil
    }

    private func methodFault(_ bytes: RawSpan, at index: Int) -> HTTPRefusal.Code {
        let byte = ByteScan.byte(bytes, index)
        return byte == ASCII.lineFeed || byte == ASCII.carriageReturn ? .requestLineMalformed : .methodMalformed
    }

    private func targetFault(_ bytes: RawSpan, at index: Int) -> HTTPRefusal.Code {
        let byte = ByteScan.byte(bytes, index)
        return byte == ASCII.lineFeed || byte == ASCII.carriageReturn ? .requestLineMalformed : .targetMalformed
    }

    /// Fewer bytes than a version and its line end: legal only while they are the beginning of one.
    private func partialVersion(_ bytes: RawSpan, at start: Int) -> Result {
        var index = start
        while index < bytes.byteCount {
            let byte = ByteScan.byte(bytes, index)
            let legal =
                switch index - start {
                case 8: byte == ASCII.carriageReturn
                case 9: byte == ASCII.lineFeed
                default: byte > ASCII.space && byte < 0x7F
                }
            if !legal { return .refused(versionFault(bytes, at: start)) }
            index += 1
        }
        return .incomplete
    }

    /// A further space means that the line has too many parts; everything else is the version's own fault. The first
    /// byte that cannot stand there decides, so that the fault is the same however the line is cut.
    private func versionFault(_ bytes: RawSpan, at start: Int) -> HTTPRefusal.Code {
        var index = start
        while index < bytes.byteCount, index <= start + 8 {
            let byte = ByteScan.byte(bytes, index)
            if byte == ASCII.space { return .requestLineMalformed }
            guard byte > ASCII.space, byte < 0x7F else { return .versionMalformed }
            index += 1
        }
        return .versionMalformed
    }

    /// `HTTP/` DIGIT `.` DIGIT
    private func isVersion(_ bytes: RawSpan, at start: Int) -> Bool {
        let word = ByteScan.word(bytes, start)
        return word & 0x00FF_00FF_FFFF_FFFF == Self.version10 & 0x00FF_00FF_FFFF_FFFF
            && ASCII.isDigit(UInt8(truncatingIfNeeded: word >> 40))
            && ASCII.isDigit(UInt8(truncatingIfNeeded: word >> 56))
    }
}

/// Parses one field line of a head (RFC 9112 §5), the same for requests and responses.
struct FieldLineParser: Sendable {
    enum Result: Equatable {
        /// The line has not come completely; what is there of it is legal.
        case incomplete
        /// A field, the set of it if it is a known one, and where the next line begins.
        case field(HeaderField, set: FieldSet, next: Int)
        /// The empty line that ends the head; the body begins at `next`.
        case endOfHead(next: Int)
        case refused(HTTPRefusal.Code)
    }

    private let table = KnownFieldTable.shared

    init() {}

    /// Takes the bytes and where the line begins.
    @inline(__always)
    func parse(_ bytes: RawSpan, at start: Int) -> Result {
        let end = bytes.byteCount
        if start >= end { return .incomplete }
        if ByteScan.byte(bytes, start) == ASCII.carriageReturn { return emptyLine(bytes, at: start) }

        let colon = ByteScan.first(ASCII.colon, in: bytes, from: start, to: end)
        if colon == end { return nameWithoutColon(bytes, at: start) }
        let known = table.lookup(bytes, start, colon)
        if known.field == .other, let code = nameFault(bytes, start, colon) { return .refused(code) }

        var valueStart = colon + 1
        while valueStart < end, ASCII.isOptionalWhitespace(ByteScan.byte(bytes, valueStart)) { valueStart += 1 }
        let stop = ByteScan.firstControl(in: bytes, from: valueStart)
        if stop == end { return .incomplete }
        if let result = lineEndFault(bytes, at: stop) { return result }

        var valueEnd = stop
        while valueEnd > valueStart, ASCII.isOptionalWhitespace(ByteScan.byte(bytes, valueEnd - 1)) { valueEnd -= 1 }
        let field = HeaderField(
            name: ByteRange(start, colon),
            value: ByteRange(valueStart, valueEnd),
            known: known.field
        )
        return .field(field, set: known.set, next: stop + 2)
    }

    private func emptyLine(_ bytes: RawSpan, at start: Int) -> Result {
        if start + 1 >= bytes.byteCount { return .incomplete }
        return ByteScan.byte(bytes, start + 1) == ASCII.lineFeed
            ? .endOfHead(next: start + 2) : .refused(.lineEndMalformed)
    }

    /// Why the line at `stop` does not end in CRLF, or nil when it does.
    @inline(__always)
    private func lineEndFault(_ bytes: RawSpan, at stop: Int) -> Result? {
        let byte = ByteScan.byte(bytes, stop)
        if byte == ASCII.carriageReturn {
            if stop + 1 >= bytes.byteCount { return .incomplete }
            return ByteScan.byte(bytes, stop + 1) == ASCII.lineFeed ? nil : .refused(.lineEndMalformed)
        }
        return .refused(byte == ASCII.lineFeed ? .lineEndMalformed : .fieldValueMalformed)
    }

    /// No colon yet: either the name is still coming, or the line is wrong already.
    private func nameWithoutColon(_ bytes: RawSpan, at start: Int) -> Result {
        if let code = nameFault(bytes, start, bytes.byteCount) { return .refused(code) }
        return .incomplete
    }

    /// Why `start ..< end` is no field name, or nil when it is one.
    ///
    /// White space before the colon would let two readers see two names (RFC 9112 §5.1); white space in front of the
    /// name is obsolete line folding (§5.2).
    private func nameFault(_ bytes: RawSpan, _ start: Int, _ end: Int) -> HTTPRefusal.Code? {
        if start == end { return .fieldNameMalformed }
        var index = start
        while index + 8 <= end, ByteScan.isPlainName(ByteScan.word(bytes, index)) { index += 8 }
        while index < end {
            let byte = ByteScan.byte(bytes, index)
            if !ASCII.isToken(byte) {
                if index == start, ASCII.isOptionalWhitespace(byte) { return .lineFolded }
                return byte == ASCII.lineFeed || byte == ASCII.carriageReturn ? .lineEndMalformed : .fieldNameMalformed
            }
            index += 1
        }
        return nil
    }
}

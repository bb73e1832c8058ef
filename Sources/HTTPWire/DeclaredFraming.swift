/// What Content-Length and Transfer-Encoding declare, before the method and the status are considered.
///
/// Stricter than RFC 9112 §6.3 where readers are known to differ: one field line each, no list, never both.
struct DeclaredFraming: Equatable {
    private(set) var contentLength: UInt64?
    private(set) var chunked = false

    /// Reads the two fields, or says why they are refused.
    static func read(
        _ fields: HeaderFields,
        in bytes: RawSpan,
        version: HTTPVersion,
    ) -> Result<DeclaredFraming, HTTPRefusal.Code> {
        var result = DeclaredFraming()
        let length = fields.first(.contentLength)
        let coding = fields.first(.transferEncoding)
        if length == nil, coding == nil { return .success(result) }
        if fields.repeated.contains(.contentLength) { return .failure(.contentLengthRepeated) }
        if fields.repeated.contains(.transferEncoding) { return .failure(.transferCodingRepeated) }
        if length != nil, coding != nil { return .failure(.framingContradictory) }
        if let length {
            guard let value = parseLength(bytes, length.value) else { return .failure(.contentLengthMalformed) }
            result.contentLength = value
        }
        if let coding {
            // RFC 9112 §6.1: a chunked message under HTTP/1.0 has faulty framing.
            if version == .http10 { return .failure(.transferCodingNotAllowed) }
            guard FieldNameComparison.isEqual(bytes, Int(coding.value.start), Int(coding.value.end), "chunked")
            else { return .failure(.transferCodingNotSupported) }
            result.chunked = true
        }
        return .success(result)
    }

    /// `1*DIGIT` and nothing else, not above the largest signed 64-bit number.
    private static func parseLength(_ bytes: RawSpan, _ range: ByteRange) -> UInt64? {
        if range.isEmpty { return nil }
        var value: UInt64 = 0
        for index in range.range {
            let byte = ByteScan.byte(bytes, index)
            guard ASCII.isDigit(byte) else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(byte &- 0x30))
            if overflow || carry || sum > UInt64(Int64.max) { return nil }
            value = sum
        }
        return value
    }
}

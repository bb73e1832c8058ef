import HTTPWire

/// Parses one request head given as text, for tests of single rules.
struct ParsedRequest {
    let bytes: [UInt8]
    let head: RequestHead
    let result: HeadParseResult

    init(_ text: String, limits: HeadLimits = HeadLimits()) {
        self.init(bytes: Array(text.utf8), limits: limits)
    }

    init(bytes: [UInt8], limits: HeadLimits = HeadLimits()) {
        var head = RequestHead()
        var parser = RequestHeadParser(limits: limits)
        result = parser.parse(bytes.span, into: &head)
        self.bytes = bytes
        self.head = head
    }

    /// A GET with one Host and the given field lines, each with its CRLF.
    static func withFields(_ lines: String) -> ParsedRequest {
        ParsedRequest("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n")
    }

    var isComplete: Bool { result == .complete(length: bytes.count) }

    var code: HTTPRefusal.Code? {
        guard case .refused(let refusal) = result else { return nil }
        return refusal.code
    }

    var status: UInt16? {
        guard case .refused(let refusal) = result else { return nil }
        return refusal.status
    }

    func text(_ range: ByteRange?) -> String? {
        range.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }
}

import HTTPWire

/// Parses one response head given as text.
struct ParsedResponse {
    let bytes: [UInt8]
    let head: ResponseHead
    let result: HeadParseResult

    init(_ text: String, for context: ResponseContext = ResponseContext()) {
        let bytes = Array(text.utf8)
        var head = ResponseHead()
        var parser = ResponseHeadParser()
        result = parser.parse(bytes.span, for: context, into: &head)
        self.bytes = bytes
        self.head = head
    }

    var isComplete: Bool { result == .complete(length: bytes.count) }

    var code: HTTPRefusal.Code? {
        guard case .refused(let refusal) = result else { return nil }
        return refusal.code
    }

    func text(_ range: ByteRange?) -> String? {
        range.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }
}

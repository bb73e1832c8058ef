internal import HTTPWire

/// An upstream's head as it goes to a client, read again.
struct RebuiltResponse {
    private let head: ResponseHead
    private let context: ResponseContext
    private let framing: BodyFraming
    private let output: [UInt8]

    init(_ head: ResponseHead, _ bytes: [UInt8], _ context: ResponseContext, _ version: HTTPVersion) {
        self.head = head
        self.context = context
        framing = ClientHeadBuilder.framing(of: head, forClient: version)
        let builder = ClientHeadBuilder()
        var output: [UInt8] = []
        builder.begin(head, bytes.span, to: &output)
        if head.status == 101 {
            builder.endUpgrade(head, bytes.span, to: &output)
        } else if head.isInterim {
            builder.endInterim(to: &output)
        } else {
            let keepAlive = framing != .untilClose
            builder.end(head, framing: framing, forClient: version, keepAlive: keepAlive, to: &output)
        }
        self.output = output
    }

    func check() throws(Violation) {
        var again = ResponseHead()
        var parser = ResponseHeadParser(limits: HeadLimits(startLineBytes: 1 << 20, headBytes: 1 << 20, fields: 512))
        let result = parser.parse(output.span, for: context, into: &again)
        try require(result == .complete(length: output.count), "what goes to a client is one head")
        try require(again.status == head.status, "the status goes on as it came")
        try require(head.isInterim || head.status == 101 || again.framing == framing, "a client finds the body's end")
        let allowed = FieldSet([.transferEncoding, .connection, .upgrade])
        for field in again.fields.list {
            let isHopByHop = HopByHop.fields.contains(field.known) && !allowed.contains(field.known)
            try require(!isHopByHop, "nothing of one connection goes on")
        }
        let once = FieldSet([.contentLength, .transferEncoding])
        try require(!again.fields.repeated.intersects(once), "the framing is said once")
    }
}

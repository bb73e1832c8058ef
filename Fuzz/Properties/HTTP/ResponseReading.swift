internal import HTTPWire

/// The heads that an upstream sent in answer to one request, interim ones first.
struct ResponseReading: Equatable, CustomStringConvertible {
    struct Head: Equatable {
        let bytes: [UInt8]
        let status: UInt16
        let framing: BodyFraming
        let keepAlive: Bool
        let fields: [HeaderField]
    }

    private(set) var heads: [Head] = []
    private(set) var refusal: HTTPRefusal?

    init(_ pieces: [ArraySlice<UInt8>], _ context: ResponseContext) {
        var parser = ResponseHeadParser()
        var head = ResponseHead()
        var unread: [UInt8] = []
        for piece in pieces {
            unread += piece
            reading: while refusal == nil, heads.last.map({ $0.status < 200 && $0.status != 101 }) ?? true {
                switch parser.parse(unread.span, for: context, into: &head) {
                case .needMore:
                    break reading
                case .refused(let refusal):
                    self.refusal = refusal
                case .complete(let length):
                    heads.append(
                        Head(
                            bytes: Array(unread.prefix(length)),
                            status: head.status,
                            framing: head.framing,
                            keepAlive: head.keepAlive,
                            fields: head.fields.list
                        )
                    )
                    unread.removeFirst(length)
                }
            }
        }
    }

    var description: String { "\(heads.count) heads, refusal \(refusal?.description ?? "none")" }
}

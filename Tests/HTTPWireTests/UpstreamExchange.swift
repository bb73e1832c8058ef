import HTTPWire

/// A proxy's side of one upstream connection without the sockets, for one request.
struct UpstreamExchange: Equatable {
    enum State: Equatable {
        /// The final head has not come whole.
        case awaitingHead
        case awaitingBody
        case finished
        case refusedBeforeHead(HTTPRefusal.Code)
        case refusedInBody(HTTPRefusal.Code)
    }

    private(set) var state = State.awaitingHead
    private(set) var status: UInt16 = 0
    private(set) var body: [UInt8] = []
    private(set) var mayEndWithInput = false
    private(set) var mayBeReused = false

    /// Reads everything that the upstream sends, piece by piece.
    init(_ pieces: [ArraySlice<UInt8>]) {
        var buffer: [UInt8] = []
        var head = ResponseHead()
        var parser = ResponseHeadParser()
        var reader: BodyReader?
        for piece in pieces {
            buffer += piece
            while advance(&buffer, &head, &parser, &reader) {}
        }
        mayEndWithInput = reader?.mayEndWithInput ?? false
        mayBeReused = state == .finished && head.keepAlive && buffer.isEmpty
    }

    private mutating func advance(
        _ buffer: inout [UInt8],
        _ head: inout ResponseHead,
        _ parser: inout ResponseHeadParser,
        _ reader: inout BodyReader?,
    ) -> Bool {
        switch state {
        case .finished, .refusedBeforeHead, .refusedInBody:
            return false
        case .awaitingHead:
            switch parser.parse(buffer.span, for: ResponseContext(), into: &head) {
            case .needMore:
                return false
            case .refused(let refusal):
                state = .refusedBeforeHead(refusal.code)
                return false
            case .complete(let length):
                buffer.removeFirst(length)
                if head.isInterim { return true }
                status = head.status
                reader = BodyReader(head.framing)
                state = .awaitingBody
                return true
            }
        case .awaitingBody:
            guard let event = reader?.next(buffer.span) else { return false }
            return take(event, &buffer)
        }
    }

    private mutating func take(_ event: BodyEvent, _ buffer: inout [UInt8]) -> Bool {
        switch event {
        case .needMore(let consumed):
            buffer.removeFirst(consumed)
            return false
        case .data(let range):
            body += buffer[range]
            buffer.removeFirst(range.upperBound)
            return true
        case .end(let consumed):
            buffer.removeFirst(consumed)
            state = .finished
            return false
        case .refused(let refusal):
            state = .refusedInBody(refusal.code)
            return false
        }
    }
}

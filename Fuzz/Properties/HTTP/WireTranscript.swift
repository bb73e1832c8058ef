internal import HTTPWire

/// What a server reads on one connection: heads and bodies in turn, however the bytes are cut.
struct WireTranscript: Equatable, CustomStringConvertible {
    struct Message: Equatable {
        let head: [UInt8]
        let method: RequestMethod
        let framing: BodyFraming
        let keepAlive: Bool
        let host: ByteRange?
        let fields: [HeaderField]
        var body: [UInt8] = []
        var isComplete = false
    }

    private(set) var messages: [Message] = []
    private(set) var refusal: HTTPRefusal?
    private(set) var isClosed = false

    private var parser: RequestHeadParser
    private var head = RequestHead()
    private var body: BodyReader?
    private var unread: [UInt8] = []

    init(_ pieces: [ArraySlice<UInt8>], limits: HeadLimits = HeadLimits()) {
        parser = RequestHeadParser(limits: limits)
        for piece in pieces {
            unread += piece
            while !isClosed, advance() {}
        }
    }

    /// The reading; where its machinery stands does not count.
    static func == (left: WireTranscript, right: WireTranscript) -> Bool {
        left.messages == right.messages && left.refusal == right.refusal && left.isClosed == right.isClosed
    }

    /// Whether the same messages came, and then something that is both broken and too long: which of the two shows first
    /// is a question of how much has come.
    func isTooLong(as other: WireTranscript) -> Bool {
        let limits: [HTTPRefusal.Code] = [.requestLineTooLong, .headTooLarge]
        guard messages == other.messages, let mine = refusal?.code, let theirs = other.refusal?.code else {
            return false
        }
        return limits.contains(mine) || limits.contains(theirs)
    }

    private mutating func advance() -> Bool {
        guard var reader = body else { return advanceHead() }
        let event = reader.next(unread.span)
        body = reader
        switch event {
        case .needMore(let consumed):
            unread.removeFirst(consumed)
            return false
        case .data(let range):
            messages[messages.count - 1].body += unread[range]
            unread.removeFirst(range.upperBound)
            return true
        case .end(let consumed):
            unread.removeFirst(consumed)
            messages[messages.count - 1].isComplete = true
            isClosed = messages.last?.keepAlive != true
            body = nil
            return true
        case .refused(let refusal):
            return refuse(refusal)
        }
    }

    private mutating func advanceHead() -> Bool {
        let bytes = unread
        switch parser.parse(bytes.span, into: &head) {
        case .needMore:
            return false
        case .refused(let refusal):
            return refuse(refusal)
        case .complete(let length):
            messages.append(
                Message(
                    head: Array(bytes.prefix(length)),
                    method: head.method,
                    framing: head.framing,
                    keepAlive: head.keepAlive,
                    host: head.host,
                    fields: head.fields.list
                )
            )
            body = BodyReader(head.framing)
            unread.removeFirst(length)
            return true
        }
    }

    private mutating func refuse(_ refusal: HTTPRefusal) -> Bool {
        self.refusal = refusal
        isClosed = true
        return false
    }

    var description: String { "\(messages.count) heads, refusal \(refusal?.description ?? "none")" }
}

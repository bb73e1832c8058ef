internal import HTTPWire

/// One connection to the admin endpoint, without its I/O. One request is answered at a time; what comes meanwhile waits,
/// so that a client which does not read its answers cannot pile them up here.
struct AdminConnection {
    private enum State: Equatable {
        /// Between requests or inside a head.
        case head
        /// An answer is being made or is on its way.
        case answering(closes: Bool)
        case closed
    }

    enum Action: Equatable {
        /// Keep the bytes and call again with more, or when the answer is out.
        case wait
        /// Drop `length` bytes, answer, then call `answered`.
        case answer(AdminRequest, length: Int)
        /// Answer with the refusal and close.
        case refuse(HTTPRefusal)
        case close
    }

    private var state = State.head
    private var parser: RequestHeadParser

    init(limits: HeadLimits) { parser = RequestHeadParser(limits: limits) }

    var isInsideHead: Bool { state == .head && parser.isInsideHead }

    var isIdle: Bool { state == .head && !parser.isInsideHead }

    /// Takes the bytes that are not done with.
    mutating func received(_ bytes: Span<UInt8>, head: inout RequestHead) -> Action {
        switch state {
        case .closed: return .close
        case .answering: return .wait
        case .head:
            guard bytes.count > 0 else { return .wait }
            switch parser.parse(bytes, into: &head) {
            case .needMore: return .wait
            case .refused(let refusal):
                state = .closed
                return .refuse(refusal)
            case .complete(let length):
                let request = Self.request(head, bytes)
                state = .answering(closes: request.closes)
                return .answer(request, length: length)
            }
        }
    }

    /// The answer is out. - Returns: whether the connection closes.
    mutating func answered() -> Bool {
        switch state {
        case .answering(let closes):
            state = closes ? .closed : .head
            return closes
        case .head, .closed: return true
        }
    }

    /// The peer sends no more. - Returns: whether the connection closes now; else it does after the answer.
    mutating func inputEnded() -> Bool {
        switch state {
        case .answering:
            state = .answering(closes: true)
            return false
        case .head, .closed:
            state = .closed
            return true
        }
    }

    private static func request(_ head: RequestHead, _ bytes: Span<UInt8>) -> AdminRequest {
        let isKnown = head.method == .get || head.method == .head
        let page: AdminPage =
            head.targetForm == .asterisk ? .unknown : AdminPage(bytes.extracting(head.pathAndQuery.range))
        // A body means nothing here; it is not read, so nothing can follow it.
        let closes = !head.keepAlive || head.framing.hasBody || head.expectsContinue
        return AdminRequest(
            ask: isKnown || page == .unknown ? .page(page) : .methodNotAllowed,
            isHead: head.method == .head,
            closes: closes,
            saysKeepAlive: head.version == .http10 && !closes
        )
    }
}

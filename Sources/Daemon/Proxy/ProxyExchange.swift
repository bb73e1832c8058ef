internal import HTTPWire

/// One client connection of the proxy, without its I/O: one request after the other, each with the answer that belongs
/// to it. It knows who may read, what a failure means, and what becomes of both connections.
///
/// Bytes are not its business: the handlers parse them and report what they found as events; each event gives what is to
/// be done. An event that means nothing in the present state gives `none`.
struct ProxyExchange: Equatable {
    /// What matters of a request head that was approved.
    struct Request: Equatable {
        /// Whether it may be sent twice (RFC 9110 §9.2.2).
        var isIdempotent: Bool
        var hasBody: Bool
        var expectsContinue: Bool
        /// Whether the client's connection may carry another request.
        var keepsAlive: Bool
    }

    /// Where the request's body stands.
    enum Body: Equatable {
        case streaming
        case complete
        /// The answer came first: the rest is not wanted any more.
        case abandoned
    }

    /// A request on its way to the upstream.
    struct Forwarding: Equatable {
        var request: Request
        var body: Body
        var isReused = false
        var hasRetried = false
        var hasSentBody = false
        var hasAnswerBytes = false
    }

    /// An answer on its way to the client.
    struct Answer: Equatable {
        var body: Body
        var keepsClient: Bool
        var keepsUpstream: Bool
    }

    enum State: Equatable {
        /// Between requests, or inside a head.
        case head
        /// Approved, and waiting for a connection; `isQueued`: because all are busy.
        case acquiring(Forwarding, isQueued: Bool)
        /// The request is on its way, and no answer has come.
        case awaiting(Forwarding)
        case responding(Answer)
        /// Answered here; the rest of the request is read and thrown away, `left` more bytes at most.
        case draining(left: Int, thenClose: Bool)
        /// The last answer is out and our side is closed; what still comes is thrown away until the client closes too,
        /// since closing on unread bytes would reset the connection and could take the answer with it.
        case lingering
        case closed
    }

    enum Action: Equatable {
        case none
        /// Get a connection to the upstream; `fresh`: not one that was used before.
        case acquire(fresh: Bool)
        /// Send the head; first tell a client that waits for it to go on.
        case send(continueFirst: Bool)
        /// Answer the client from here, after a denial.
        case reply(keepAlive: Bool)
        /// Answer the client from here, because its bytes were refused; give the upstream connection up.
        case refuse(HTTPRefusal)
        /// Answer the client from here, because the upstream failed it; give the upstream connection up.
        case fail(ProxyFailure, keepAlive: Bool)
        /// Pass the answer's head on.
        case forward(keepAlive: Bool)
        /// The exchange is over; `reusable`: the upstream connection can serve another.
        case finish(reusable: Bool)
        /// Cut both connections, so that the client cannot take what it has for the whole.
        case abort
        /// Nobody waits for the answer: give the upstream connection up, and close.
        case cancel
        case close
    }

    var state = State.head
    /// Whether the client has said that it sends no more.
    var isInputEnded = false
    var isClientWritable = true
    /// Whether a complete head waits for a key before it can be decided. The state is `head` then.
    var isDeciding = false
    var isUpstreamWritable = true

    // MARK: A request

    /// A head was approved.
    mutating func approved(_ request: Request) -> Action {
        switch state {
        case .head:
            let forwarding = Forwarding(request: request, body: request.hasBody ? .streaming : .complete)
            state = .acquiring(forwarding, isQueued: false)
            return .acquire(fresh: false)
        case .acquiring, .awaiting, .responding, .draining, .lingering, .closed: return .none
        }
    }

    /// A head was denied, and is answered here.
    /// - Parameters:
    ///   - framing: of the request's body, which nobody wants.
    ///   - drain: how much of it may be read before the connection is closed instead.
    mutating func denied(_ request: Request, framing: BodyFraming, drain: Int) -> Action {
        switch state {
        case .head: break
        case .acquiring, .awaiting, .responding, .draining, .lingering, .closed: return .none
        }
        // Whether a client that waits for 100 Continue sends the body now cannot be told (RFC 9110 §10.1.1).
        var isTooMuch = request.expectsContinue
        if case .length(let length) = framing, length > UInt64(max(0, drain)) { isTooMuch = true }
        if isTooMuch {
            state = .lingering
            return .reply(keepAlive: false)
        }
        if request.hasBody {
            state = .draining(left: drain, thenClose: !request.keepsAlive)
        } else {
            state = request.keepsAlive ? .head : .lingering
        }
        return .reply(keepAlive: request.keepsAlive)
    }

    /// Bytes of a denied request's body were thrown away.
    mutating func drained(_ count: Int, isEnd: Bool) -> Action {
        guard case .draining(let left, let thenClose) = state else { return .none }
        if count > left {
            state = .lingering
        } else if isEnd {
            state = thenClose ? .lingering : .head
        } else {
            state = .draining(left: left - count, thenClose: thenClose)
        }
        return .none
    }

    /// The client's bytes are no HTTP that can be trusted, in a head or in a body.
    mutating func refused(_ refusal: HTTPRefusal) -> Action {
        switch state {
        case .head, .acquiring, .awaiting:
            state = .lingering
            return .refuse(refusal)
        case .draining:
            // It has its answer.
            state = .lingering
            return .none
        case .responding:
            state = .closed
            return .abort
        case .lingering, .closed: return .none
        }
    }

    /// Some of the body went to the upstream.
    mutating func bodySent() {
        guard case .awaiting(var forwarding) = state else { return }
        forwarding.hasSentBody = true
        state = .awaiting(forwarding)
    }

    /// All of the body went to the upstream.
    mutating func bodyEnded() {
        switch state {
        case .awaiting(var forwarding):
            forwarding.body = .complete
            state = .awaiting(forwarding)
        case .responding(var answer):
            answer.body = .complete
            state = .responding(answer)
        case .head, .acquiring, .draining, .lingering, .closed: break
        }
    }
}

internal import HTTPWire

// What the client does besides sending, and who may read.
extension ProxyExchange {
    static let clientIsSlow = HTTPRefusal(.requestTimeout)

    /// The client's connection is gone.
    mutating func clientGone() -> Action {
        switch state {
        case .acquiring, .awaiting, .responding:
            state = .closed
            return .cancel
        case .head, .draining, .lingering:
            state = .closed
            return .none
        case .closed: return .none
        }
    }

    /// The client sends no more, but may still read: it gets its answers (RFC 9112 §9.6 lets either side go first).
    mutating func inputEnded() -> Action {
        isInputEnded = true
        switch state {
        // What was complete has been served; it may still be on its way out.
        case .head where isClientWritable && !isDeciding, .draining:
            state = .lingering
            return .none
        // Complete requests may wait until there is room for their answers, or for a key.
        case .head, .lingering: return .none
        // All of the body may have come, and waits.
        case .acquiring: return .none
        case .awaiting(let forwarding):
            guard forwarding.body == .streaming else { return .none }
            state = .closed
            return .cancel
        case .responding(let answer):
            guard answer.body == .streaming else { return .none }
            state = .closed
            return .abort
        case .closed: return .none
        }
    }

    /// All that has come is served, and what is left is no complete head.
    mutating func headAwaited() -> Action {
        guard isInputEnded, case .head = state else { return .none }
        state = .lingering
        return .none
    }

    /// The process stops: an idle connection goes now, a busy one after its answer.
    mutating func drain() {
        if case .head = state, !isDeciding { state = .lingering }
    }

    /// Whether what comes from the client belongs to the request's body and is wanted.
    var wantsBody: Bool {
        switch state {
        case .awaiting(let forwarding): forwarding.body == .streaming
        case .responding(let answer): answer.body == .streaming
        case .head, .acquiring, .draining, .lingering, .closed: false
        }
    }

    /// Whether more may be read from the client.
    /// - Parameters:
    ///   - waiting: bytes that have been read and wait for the present exchange to end.
    ///   - lookAhead: how many may wait.
    func readsClient(waiting: Int, lookAhead: Int) -> Bool {
        switch state {
        case .head: isClientWritable && !isDeciding
        case .draining, .lingering: true
        case .acquiring(let forwarding, _): forwarding.body == .complete && waiting <= lookAhead
        case .awaiting(let forwarding): readsClient(forwarding.body, waiting <= lookAhead)
        case .responding(let answer): readsClient(answer.body, waiting <= lookAhead)
        case .closed: false
        }
    }

    private func readsClient(_ body: Body, _ hasRoom: Bool) -> Bool {
        switch body {
        case .streaming: isUpstreamWritable
        // The next request, and the news that the client is gone.
        case .complete: hasRoom
        case .abandoned: false
        }
    }

    /// Whether more may be read from the upstream of this exchange.
    var readsUpstream: Bool {
        switch state {
        case .responding: isClientWritable
        case .head, .acquiring, .awaiting, .draining, .lingering, .closed: true
        }
    }
}

// What the upstream does, and what it means.
extension ProxyExchange {
    /// All connections are busy; the request waits in the queue.
    mutating func queued() {
        guard case .acquiring(let forwarding, _) = state else { return }
        state = .acquiring(forwarding, isQueued: true)
    }

    /// There is a connection.
    mutating func acquired(isReused: Bool) -> Action {
        switch state {
        case .acquiring(var forwarding, _):
            forwarding.isReused = isReused
            state = .awaiting(forwarding)
            isUpstreamWritable = true
            return .send(continueFirst: forwarding.request.expectsContinue && !forwarding.hasRetried)
        case .head, .awaiting, .responding, .draining, .lingering, .closed: return .none
        }
    }

    /// There will be no connection.
    mutating func acquiringFailed(_ failure: ProxyFailure) -> Action {
        switch state {
        case .acquiring(let forwarding, _): return fail(failure, forwarding)
        case .head, .awaiting, .responding, .draining, .lingering, .closed: return .none
        }
    }

    /// The first bytes of an answer have come: from here on the request is not sent again.
    mutating func answerBegan() {
        guard case .awaiting(var forwarding) = state else { return }
        forwarding.hasAnswerBytes = true
        state = .awaiting(forwarding)
    }

    /// A final head has come.
    /// - Parameters:
    ///   - keepsUpstream: whether the upstream's connection persists after it.
    ///   - mustClose: whether the client's connection cannot go on after it, since only its end can tell where the body
    ///     ends, or since the process stops.
    mutating func answered(status: UInt16, keepsUpstream: Bool, mustClose: Bool) -> Action {
        switch state {
        case .awaiting(let forwarding):
            var answer = Answer(
                body: forwarding.body,
                keepsClient: forwarding.request.keepsAlive && !mustClose,
                keepsUpstream: keepsUpstream
            )
            if forwarding.body == .streaming {
                // Early. A refusal needs no more of the body; a success may be an answer in the making. Either way the
                // client's connection is not used again: what comes next on it could be the rest of this body.
                if status >= 300 { answer.body = .abandoned }
                answer.keepsClient = false
            }
            state = .responding(answer)
            return .forward(keepAlive: answer.keepsClient)
        case .head, .acquiring, .responding, .draining, .lingering, .closed: return .none
        }
    }

    /// The answer is complete.
    /// - Parameter hasLeftover: whether the upstream sent more than the answer, which belongs to nobody.
    mutating func answerEnded(hasLeftover: Bool) -> Action {
        switch state {
        case .responding(let answer):
            state = answer.keepsClient ? .head : .lingering
            return .finish(reusable: answer.keepsUpstream && answer.body == .complete && !hasLeftover)
        case .head, .acquiring, .awaiting, .draining, .lingering, .closed: return .none
        }
    }

    /// The upstream's bytes are no HTTP that can be trusted.
    mutating func answerRefused() -> Action {
        switch state {
        case .awaiting(let forwarding): return fail(.invalid, forwarding)
        case .responding:
            state = .closed
            return .abort
        case .head, .acquiring, .draining, .lingering, .closed: return .none
        }
    }

    /// The upstream's connection ended before the answer did.
    mutating func upstreamClosed() -> Action {
        switch state {
        case .awaiting(var forwarding):
            if forwarding.hasAnswerBytes { return fail(.invalid, forwarding) }
            // A kept connection may be closed by the upstream at the very moment it is used: that says nothing about the
            // request, which has most probably not been read (RFC 9110 §9.2.2, RFC 9112 §9.3.1).
            guard forwarding.isReused, forwarding.request.isIdempotent, !forwarding.hasSentBody, !forwarding.hasRetried
            else { return fail(.unavailable, forwarding) }
            forwarding.hasRetried = true
            state = .acquiring(forwarding, isQueued: false)
            return .acquire(fresh: true)
        case .responding:
            state = .closed
            return .abort
        case .head, .acquiring, .draining, .lingering, .closed: return .none
        }
    }

    private mutating func fail(_ failure: ProxyFailure, _ forwarding: Forwarding) -> Action {
        let keepsAlive = forwarding.body == .complete && forwarding.request.keepsAlive
        state = keepsAlive ? .head : .lingering
        return .fail(failure, keepAlive: keepsAlive)
    }

    /// The time of the present state is over.
    mutating func timeIsOver() -> Action {
        switch state {
        case .acquiring(let forwarding, let isQueued): return fail(isQueued ? .overloaded : .timeout, forwarding)
        case .awaiting(let forwarding):
            // While the upstream takes bytes and the body is not complete, it is the client that lets us wait.
            guard forwarding.body == .streaming, isUpstreamWritable else { return fail(.timeout, forwarding) }
            state = .lingering
            return .refuse(Self.clientIsSlow)
        case .responding:
            state = .closed
            return .abort
        case .head, .draining, .lingering:
            state = .closed
            return .close
        case .closed: return .none
        }
    }
}

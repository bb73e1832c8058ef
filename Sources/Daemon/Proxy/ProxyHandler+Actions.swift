internal import HTTPWire
internal import NIOCore

// Carries out what the exchange says.
extension ProxyHandler {
    /// Within an event.
    func perform(_ action: ProxyExchange.Action) {
        switch action {
        case .none, .close: break
        case .acquire(let fresh): acquire(fresh: fresh)
        case .send(let continueFirst): send(continueFirst: continueFirst)
        case .reply(let keepAlive): answer(keepAlive: keepAlive)
        case .refuse(let refusal): refuse(refusal)
        case .fail(let failure, let keepAlive):
            if failure == .timeout { proxy.counters.upstreamTimeouts &+= 1 }
            giveUp(isReusable: false)
            reply = proxy.plan.replies.failure(failure)
            answer(keepAlive: keepAlive)
        // Written as part of reading the head.
        case .forward: break
        case .finish(let isReusable): giveUp(isReusable: isReusable)
        case .abort:
            proxy.counters.upstreamAborts &+= 1
            giveUp(isReusable: false)
        case .cancel:
            proxy.counters.clientAborts &+= 1
            giveUp(isReusable: false)
        }
    }

    private func acquire(fresh: Bool) {
        guard let route else { return perform(exchange.acquiringFailed(.unavailable)) }
        if fresh { proxy.counters.upstreamRetries &+= 1 }
        switch route.upstream.acquire(for: self, fresh: fresh) {
        case .connection(let connection): take(connection, isReused: true)
        case .opening(let connection): opening = connection
        case .queued(let ticket):
            self.ticket = ticket
            exchange.queued()
        case .refused: perform(exchange.acquiringFailed(.overloaded))
        }
    }

    private func take(_ connection: UpstreamHandler, isReused: Bool) {
        opening = nil
        upstream = connection
        connection.beginExchange(for: self)
        perform(exchange.acquired(isReused: isReused))
    }

    private func send(continueFirst: Bool) {
        if continueFirst { proxy.output.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n") }
        upstream?.write(requestHead)
    }

    private func answer(keepAlive: Bool) {
        guard let reply else { return }
        self.reply = nil
        proxy.counters.countLocal(status: reply.status)
        let end: ProxyReply.End = !keepAlive ? .close : (version == .http10 ? .keepAlive : .persistent)
        reply.append(to: &proxy.output, end: end, toHead: isToHead)
    }

    private func refuse(_ refusal: HTTPRefusal) {
        giveUp(isReusable: false)
        proxy.counters.refusals &+= 1
        proxy.counters.countLocal(status: refusal.status)
        proxy.output.writeBytes(RefusalResponse.bytes(for: refusal))
    }

    /// Ends this connection's part in the upstream.
    private func giveUp(isReusable: Bool) {
        isActive = false
        if let ticket { route?.upstream.cancel(ticket) }
        ticket = nil
        opening?.client = nil
        opening = nil
        route = nil
        guard let connection = upstream else { return }
        upstream = nil
        connection.release(isReusable: isReusable)
    }

    // MARK: What the upstream's side tells

    /// There is a connection for the request that waits.
    func acquired(_ connection: UpstreamHandler, isReused: Bool) {
        begin()
        take(connection, isReused: isReused)
        // Some of the body may have come already.
        if unread != nil { serveUnread() }
        // Or as much of it as will ever come.
        if exchange.isInputEnded { perform(exchange.inputEnded()) }
        settle()
    }

    /// There will be none.
    func acquiringFailed(_ failure: ProxyFailure) {
        begin()
        opening = nil
        perform(exchange.acquiringFailed(failure))
        resume()
        settle()
    }

    /// The wait in the queue is over; `connection` will be ours.
    func leftQueue(for connection: UpstreamHandler) {
        ticket = nil
        opening = connection
    }
}

extension ProxyHandler: KeyWaiter {
    func keyWaitIsOver() {
        guard keyWait.isRunning else { return }
        keyWait = .over
        begin()
        resume()
        settle()
    }
}

extension ProxyHandler: TimedConnection {
    var deadline: Int64 { clock.deadline }

    func timeIsOver() {
        begin()
        if case .head = exchange.state, parser.isInsideHead {
            perform(exchange.refused(HTTPRefusal(.requestTimeout)))
        } else {
            perform(exchange.timeIsOver())
        }
        resume()
        settle()
    }

    func drain() {
        guard case .head = exchange.state, unread == nil else { return }
        begin()
        exchange.drain()
        settle()
    }
}

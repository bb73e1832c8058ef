internal import Glibc
internal import HTTPWire
internal import NIOCore
internal import Platform

/// Carries one client connection of the proxy: bytes in, decisions, requests out to an upstream, answers back. What
/// happens when is `ProxyExchange`'s to say; this class parses, writes and closes.
///
/// Every entry point runs as one event: whatever goes to the client is collected and written once at its end.
final class ProxyHandler: ChannelInboundHandler, ChannelOutboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let worker: Worker
    let proxy: ProxyWorker
    let client: ForwardedClient
    var exchange = ProxyExchange()
    var parser: RequestHeadParser
    /// Bytes that have been read and wait: of an incomplete head, of a body without an upstream, of the next requests.
    var unread: ByteBuffer?
    /// The request's head as it goes to the upstream, kept until an answer comes, since it may be sent twice.
    var requestHead = ByteBuffer()
    var requestBody = BodyRelay(.none, isChunked: false)
    var answerBody = BodyRelay(.none, isChunked: false)
    var route: ProxyRoute?
    var upstream: UpstreamHandler?
    /// A connection that will be this one's when it is open.
    var opening: UpstreamHandler?
    /// Names this connection in the upstream's queue.
    var ticket: UInt64?
    /// What is about to be answered from here.
    var reply: ProxyReply?
    /// Whether an approved request is being served.
    var isActive = false {
        didSet {
            guard isActive != oldValue else { return }
            if isActive { proxy.counters.activeRequests &+= 1 } else { proxy.counters.activeRequests &-= 1 }
        }
    }
    /// Of the request that is being served.
    var isToHead = false
    var version = HTTPVersion.http11
    /// Whether the answer ends with the client's connection, so that a clean close would make a part look whole.
    var endsWithClose = false
    var clock = ProxyClock()
    var keyWait = KeyWait.none {
        didSet { exchange.isDeciding = keyWait.isRunning }
    }
    var tableIndex = 0

    /// How much of the next requests may wait while one is served.
    private let lookAhead: Int
    private var context: ChannelHandlerContext?
    private var holdsRead = false
    private var hasWritten = false
    private var output = Output.open

    /// Our side of the connection.
    private enum Output {
        case open
        /// What was written is still on its way.
        case closing
        case closed
    }

    init(worker: Worker, proxy: ProxyWorker, client: ProxyClient) {
        self.worker = worker
        self.proxy = proxy
        self.client = client.forwarded
        let limits = worker.serving.limits.head
        parser = RequestHeadParser(limits: limits)
        lookAhead = limits.headBytes
    }

    // MARK: The channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        // A client that ends its own side still gets its answers.
        try? context.channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
    }

    func channelActive(context: ChannelHandlerContext) {
        // A connection that never says a word is held to the header timeout too.
        clock.start(.header, now: MonotonicTime.now().nanoseconds, worker.serving.limits)
        worker.insert(self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        worker.remove(self)
        self.context = nil
        unread = nil
        if case .running(let ticket) = keyWait { worker.keyWaits.leave(ticket) }
        // The channel may close in the midst of a write to it; nobody expects to be told before the write returns.
        context.eventLoop.assumeIsolated().execute { self.perform(self.exchange.clientGone()) }
    }

    func read(context: ChannelHandlerContext) {
        if readsNow { context.read() } else { holdsRead = true }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var input = unwrapInboundIn(data)
        proxy.counters.bytesIn &+= UInt64(input.readableBytes)
        clock.progressed(input.readableBytes)
        begin()
        if var earlier = unread.take() {
            earlier.writeBuffer(&input)
            input = earlier
        }
        serve(&input)
        if input.readableBytes > 0 { unread = input }
        settle()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        exchange.isClientWritable = context.channel.isWritable
        guard exchange.isClientWritable else { return }
        clock.progressed(1)
        begin()
        // Requests may have waited for room for their answers.
        resume()
        settle()
        upstream?.resumeReading()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent else { return context.fireUserInboundEventTriggered(event) }
        switch event {
        case .inputClosed:
            begin()
            perform(exchange.inputEnded())
            clock.inputEnded(now: MonotonicTime.now().nanoseconds)
            settle()
        case .outputClosed: outputIsClosed()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    // MARK: One event

    /// Begins an event.
    func begin() { proxy.output.clear() }

    /// Ends an event: what was collected is written, and the connections do what the state says.
    func settle() {
        if proxy.output.readableBytes > 0 {
            write(proxy.output)
        }
        if hasWritten {
            hasWritten = false
            context?.flush()
            // After the flush nobody else holds the storage, unless the client did not take it all.
            proxy.output.clear()
        }
        if let upstream {
            upstream.flush()
            exchange.isUpstreamWritable = upstream.isWritable
        }
        exchange.isClientWritable = context?.channel.isWritable ?? false
        switch exchange.state {
        case .lingering: closeOutput()
        case .closed: cut()
        case .head, .acquiring, .awaiting, .responding, .draining: break
        }
        restartClock()
        resumeReading()
    }

    /// Writes to the client; it goes out at the end of the event.
    func write(_ buffer: ByteBuffer) {
        guard let context else { return }
        proxy.counters.bytesOut &+= UInt64(buffer.readableBytes)
        hasWritten = true
        context.write(wrapOutboundOut(buffer), promise: nil)
    }

    /// Goes on with what waits. Within an event.
    func serveUnread() {
        guard var input = unread.take() else { return perform(exchange.headAwaited()) }
        serve(&input)
        if input.readableBytes > 0 { unread = input }
    }

    /// Goes on with the next request, where the one before is over. Within an event.
    func resume() {
        if case .head = exchange.state { serveUnread() }
    }

    // MARK: Closing

    /// Closes the connection at once, so that the client cannot take what it has for the whole.
    private func cut() {
        if endsWithClose, let socket = context?.channel as? any SocketOptionProvider {
            // RST instead of FIN. If it fails the close is all that is left.
            _ = socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        }
        context?.close(promise: nil)
    }

    /// Closes our side when all that was written has gone out.
    private func closeOutput() {
        guard let context else { return }
        switch output {
        case .open:
            output = .closing
            unread = nil
            guard exchange.isInputEnded else { return context.close(mode: .output, promise: nil) }
            // With the other side closed, closing ours would be closing at once: wait for the last byte instead.
            let written = context.eventLoop.makePromise(of: Void.self)
            written.futureResult.assumeIsolated().whenComplete { _ in self.outputIsClosed() }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
        case .closing: break
        case .closed: if exchange.isInputEnded { context.close(promise: nil) }
        }
    }

    private func outputIsClosed() {
        output = .closed
        if exchange.isInputEnded {
            context?.close(promise: nil)
        } else {
            clock.start(.linger, now: MonotonicTime.now().nanoseconds, worker.serving.limits)
        }
    }

    private func restartClock() {
        let limit: ProxyClock.Limit
        switch exchange.state {
        // The wait for a key has its own limit.
        case .head: limit = exchange.isDeciding ? .none : (unread == nil ? .idle : .header)
        case .acquiring: limit = .acquire
        case .awaiting: limit = .answer
        case .responding: limit = .body
        case .draining: limit = .drain
        case .lingering: limit = output == .closed ? .linger : .body
        case .closed: limit = .none
        }
        let now = MonotonicTime.now().nanoseconds
        clock.run(limit, now: now, worker.serving.limits, isInputEnded: exchange.isInputEnded)
    }

    // MARK: Reading

    private var readsNow: Bool {
        exchange.readsClient(waiting: unread?.readableBytes ?? 0, lookAhead: lookAhead)
    }

    private func resumeReading() {
        guard holdsRead, readsNow else { return }
        holdsRead = false
        context?.read()
    }
}

/// One event loop's.
@available(*, unavailable)
extension ProxyHandler: Sendable {}

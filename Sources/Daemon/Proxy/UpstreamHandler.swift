internal import HTTPWire
internal import NIOCore
internal import Platform

/// One connection to an upstream. It belongs to one client's exchange at a time, or to the pool.
final class UpstreamHandler: ChannelInboundHandler, ChannelOutboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The place in the upstream's pool.
    let slot: Int
    /// Whose exchange it serves, or will serve when it is open.
    var client: ProxyHandler?
    /// For the head of the answer.
    var parser = ResponseHeadParser()
    /// Bytes of an answer's head that is not complete yet.
    var unread: ByteBuffer?
    /// Whether the connection ended by an error, not by the upstream's own close.
    private(set) var hasFailed = false
    private(set) var isIdle = false
    /// Whether a request was sent on it.
    private(set) var hasServed = false
    private(set) var deadline = Int64.max
    var tableIndex = 0

    private let upstream: Upstream
    private unowned let worker: Worker
    private var context: ChannelHandlerContext?
    private var holdsRead = false
    private var hasWritten = false
    private var isClosed = false

    init(upstream: Upstream, worker: Worker, slot: Int) {
        self.upstream = upstream
        self.worker = worker
        self.slot = slot
    }

    // MARK: For the client's side

    /// Whether another request can be sent on it.
    var isUsable: Bool { context != nil && !isClosed && unread == nil }

    var isWritable: Bool { context?.channel.isWritable ?? false }

    /// Tells the client that the connection is its own now; without one it goes back.
    func greet(isReused: Bool) {
        guard let client else { return release(isReusable: true) }
        // Closed in between: the client is told by the end of the channel.
        if !isClosed { client.acquired(self, isReused: isReused) }
    }

    /// Prepares for the answer to another request.
    func beginExchange(for client: ProxyHandler) {
        self.client = client
        isIdle = false
        hasServed = true
        deadline = .max
        unread = nil
        parser.beginExchange()
    }

    func write(_ buffer: ByteBuffer) {
        guard let context else { return }
        hasWritten = true
        context.write(wrapOutboundOut(buffer), promise: nil)
    }

    func flush() {
        guard hasWritten else { return }
        hasWritten = false
        context?.flush()
    }

    /// Gives the connection back to the pool.
    func release(isReusable: Bool) {
        client = nil
        // A closed one leaves the pool by itself.
        guard !isClosed else { return }
        upstream.release(self, isReusable: isReusable)
    }

    func becomeIdle(timeout: Int64) {
        isIdle = true
        deadline = MonotonicTime.now().nanoseconds + timeout
        resumeReading()
    }

    func close() { context?.close(promise: nil) }

    /// Reads on where the client has room again.
    func resumeReading() {
        guard holdsRead, readsNow else { return }
        holdsRead = false
        context?.read()
    }

    private var readsNow: Bool { client?.exchange.readsUpstream ?? true }

    // MARK: The channel

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelActive(context: ChannelHandlerContext) { worker.insert(self) }

    func channelInactive(context: ChannelHandlerContext) {
        worker.remove(self)
        self.context = nil
        isClosed = true
        // The channel may close in the midst of a write to it; nobody expects to be told before the write returns.
        context.eventLoop.assumeIsolated().execute {
            let client = self.client
            self.client = nil
            self.upstream.closed(self)
            client?.upstreamClosed(self)
        }
    }

    func read(context: ChannelHandlerContext) {
        if readsNow { context.read() } else { holdsRead = true }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let client, !isIdle else {
            // Bytes that nobody asked for: the next client must never see them (RFC 9112 §9.2).
            upstream.proxy.counters.upstreamUnsolicited &+= 1
            context.close(promise: nil)
            return
        }
        client.received(unwrapInboundIn(data), from: self)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        client?.upstreamWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        hasFailed = true
        context.close(promise: nil)
    }
}

extension UpstreamHandler: TimedConnection {
    /// Idle for too long, or the process ends: while it serves an exchange its client sees to the time.
    func timeIsOver() { close() }

    func drain() {
        if isIdle { close() }
    }
}

/// One event loop's.
@available(*, unavailable)
extension UpstreamHandler: Sendable {}

internal import HTTPWire
internal import NIOCore
internal import Platform

/// Carries one connection to the admin endpoint. It never decides anything.
final class AdminHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let worker: Worker
    private let source: AdminSource
    private var connection: AdminConnection
    /// Bytes that are not done with.
    private var unread = ByteBuffer()
    private var context: ChannelHandlerContext?
    /// The request whose report is being put together.
    private var awaiting: AdminRequest?
    /// The last answer is out and our side is closed; see `DecisionHandler`.
    private var isLingering = false
    private(set) var deadline = Int64.max
    var tableIndex = 0

    /// How long a peer may take to close after our last answer, and the event loops for a report, in nanoseconds.
    private static let lingering: Int64 = 2_000_000_000
    private static let reportTimeout: Int64 = 3_000_000_000
    /// What may come while an answer is on its way.
    private static let maximumUnread = 65_536

    init(worker: Worker, source: AdminSource) {
        self.worker = worker
        self.source = source
        connection = AdminConnection(limits: worker.serving.limits.head)
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        expect(within: worker.serving.limits.headerTimeout)
        worker.insert(self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        worker.remove(self)
        self.context = nil
        awaiting = nil
        unread.clear()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isLingering else { return }
        var buffer = unwrapInboundIn(data)
        if connection.isIdle { expect(within: worker.serving.limits.headerTimeout) }
        unread.writeBuffer(&buffer)
        guard unread.readableBytes <= Self.maximumUnread else { return context.close(promise: nil) }
        serve()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed, connection.inputEnded(), !isLingering {
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Takes up the next request, if it has come and no answer is on its way.
    private func serve() {
        guard let context, !isLingering else { return }
        switch next() {
        case .wait: return
        case .close: context.close(promise: nil)
        case .refuse(let refusal):
            finish(ByteBuffer(bytes: RefusalResponse.bytes(for: refusal)), context)
        case .answer(let request, let length):
            unread.moveReaderIndex(forwardBy: length)
            unread.discardReadBytes()
            answer(request, context)
        }
    }

    private func next() -> AdminConnection.Action {
        // Safe: the view lives no longer than the buffer, which nobody changes meanwhile; bytes have no padding.
        let buffer = unread
        let bytes = unsafe buffer.readableBytesSpan._unsafeView(as: UInt8.self)
        return connection.received(bytes, head: &worker.head)
    }

    private func answer(_ request: AdminRequest, _ context: ChannelHandlerContext) {
        switch request.ask {
        case .methodNotAllowed: reply(.methodNotAllowed, to: request)
        case .page(.alive): reply(.alive, to: request)
        case .page(.unknown): reply(.notFound, to: request)
        case .page(.keySet):
            let plan = worker.serving.assertion
            reply(
                plan.map { AdminReply(status: 200, content: .keySet, body: $0.keySet.body) } ?? .notFound,
                to: request
            )
        case .page(let page):
            awaiting = request
            expect(within: Self.reportTimeout)
            source.report(context.eventLoop).hop(to: context.eventLoop).assumeIsolated().whenComplete { [self] result in
                // The time may have been over, or the connection gone.
                guard awaiting != nil else { return }
                awaiting = nil
                switch result {
                case .success(let report): reply(AdminReply(page, report), to: request)
                case .failure: reply(.unresponsive, to: request)
                }
            }
        }
    }

    private func reply(_ reply: AdminReply, to request: AdminRequest) {
        guard let context else { return }
        expect(within: worker.serving.limits.idleTimeout)
        let written = context.eventLoop.makePromise(of: Void.self)
        // Only a client that has taken this answer gets another one. At the next turn of the loop, so that many requests
        // in one read do not become many calls inside each other.
        written.futureResult.assumeIsolated().whenSuccess { [self] in
            context.eventLoop.assumeIsolated().execute { [self] in answered() }
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply.bytes(for: request))), promise: written)
    }

    private func answered() {
        guard let context else { return }
        guard !connection.answered() else { return linger(context) }
        let limits = worker.serving.limits
        expect(within: unread.readableBytes > 0 ? limits.headerTimeout : limits.idleTimeout)
        serve()
    }

    /// The last answer.
    private func finish(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        linger(context)
    }

    private func linger(_ context: ChannelHandlerContext) {
        isLingering = true
        expect(within: Self.lingering)
        context.close(mode: .output, promise: nil)
    }

    private func expect(within nanoseconds: Int64) {
        deadline = MonotonicTime.now().advanced(byNanoseconds: nanoseconds).nanoseconds
    }
}

extension AdminHandler: TimedConnection {
    func timeIsOver() {
        guard let context else { return }
        if let request = awaiting, !isLingering {
            awaiting = nil
            let last = AdminRequest(ask: request.ask, isHead: request.isHead, closes: true, saysKeepAlive: false)
            return finish(ByteBuffer(bytes: AdminReply.unresponsive.bytes(for: last)), context)
        }
        if connection.isInsideHead, !isLingering {
            let reply = ByteBuffer(bytes: RefusalResponse.bytes(for: HTTPRefusal(.requestTimeout)))
            context.writeAndFlush(wrapOutboundOut(reply), promise: nil)
        }
        context.close(promise: nil)
    }

    /// The admin endpoint tells what goes on until the end.
    func drain() {}
}

/// One event loop's.
@available(*, unavailable)
extension AdminHandler: Sendable {}

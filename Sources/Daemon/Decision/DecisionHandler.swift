internal import Authorization
internal import Gateways
internal import HTTPWire
internal import NIOCore
internal import Platform

/// Carries one connection to the decision endpoint: bytes in, replies out. All complete requests of a read are answered
/// with one write.
final class DecisionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let worker: Worker
    /// False for a peer that the listener does not allow: every request is refused with `peer_not_allowed`.
    private let isPeerAllowed: Bool
    private var connection: DecisionConnection
    /// Bytes of a request that is not complete yet.
    private var unread: ByteBuffer?
    private var context: ChannelHandlerContext?
    /// The last answer is out and our side is closed; what still comes is thrown away until the peer closes too, since
    /// closing on unread bytes would reset the connection and could take the answer with it.
    private var isLingering = false
    /// Whether the first request of `unread` waits for a key. Then nothing more is read.
    private var keyWait = KeyWait.none
    private(set) var deadline = Int64.max
    var tableIndex = 0

    /// How long a peer may take to close after our last answer.
    private static let lingering: Int64 = 2_000_000_000

    init(worker: Worker, isPeerAllowed: Bool) {
        self.worker = worker
        self.isPeerAllowed = isPeerAllowed
        let limits = worker.serving.limits
        connection = DecisionConnection(limits: limits.head, drainBytes: limits.bodyDrainBytes)
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        worker.insert(self)
        // A connection that never says a word is held to the header timeout too.
        deadline = worker.deadline(after: worker.serving.limits.headerTimeout)
    }

    func channelInactive(context: ChannelHandlerContext) {
        worker.remove(self)
        self.context = nil
        unread = nil
        if case .running(let ticket) = keyWait { worker.keyWaits.leave(ticket) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        guard !isLingering else { return }
        if var earlier = unread.take() {
            earlier.writeBuffer(&buffer)
            buffer = earlier
        }
        // The rest of a read that was under way.
        guard !keyWait.isRunning else {
            unread = buffer
            return
        }
        take(buffer, context)
    }

    /// Works through all bytes that wait, and keeps what is not done with.
    private func take(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        var buffer = bytes
        let wasInsideHead = connection.isInsideHead
        let consumed = serve(buffer, context)
        if consumed < buffer.readableBytes {
            buffer.moveReaderIndex(forwardBy: consumed)
            unread = buffer
        }
        if keyWait.isRunning {
            deadline = .max
        } else if !isLingering {
            restartClock(wasInsideHead: wasInsideHead)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The peer sends no more. Everything complete has been answered; what is not complete never will be.
        if let event = event as? ChannelEvent, event == .inputClosed { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    /// Answers every complete request. - Returns: how many bytes are done with.
    private func serve(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) -> Int {
        worker.output.removeAll(keepingCapacity: true)
        let started = WallTime.now()
        let now = Timestamp(seconds: started.fractionalSeconds)
        var answered = 0
        var closes = false
        // Safe: the view lives no longer than the buffer, which nobody changes meanwhile; bytes have no padding.
        let bytes = unsafe buffer.readableBytesSpan._unsafeView(as: UInt8.self)
        var consumed = 0
        loop: while !closes {
            let rest = bytes.extracting(consumed...)
            switch connection.received(rest, head: &worker.head) {
            case .wait(let count):
                consumed += count
                if count == 0 || connection.isInsideHead { break loop }
                if consumed == bytes.count { break loop }
            case .answer(let length):
                guard let isLast = answer(rest, now) else {
                    pause(context)
                    break loop
                }
                closes = isLast
                consumed += length
                answered += 1
            case .refuse(let refusal):
                refuse(refusal)
                closes = true
            case .close: closes = true
            }
        }
        if answered > 0 {
            worker.counters.observe(nanoseconds: started.nanoseconds(until: WallTime.now()), count: answered)
        }
        finish(closes: closes, context)
        return closes ? bytes.count : consumed
    }

    private func finish(closes: Bool, _ context: ChannelHandlerContext) {
        if !worker.output.isEmpty { context.write(wrapOutboundOut(worker.takeOutput()), promise: nil) }
        if closes {
            context.flush()
            isLingering = true
            deadline = worker.deadline(after: Self.lingering)
            context.close(mode: .output, promise: nil)
        }
    }

    /// Answers the head in the worker. - Returns: whether the connection closes; nil where the request waits for a key.
    private func answer(_ bytes: Span<UInt8>, _ now: Timestamp) -> Bool? {
        let head = worker.head
        let mustClose = !head.keepAlive || worker.isDraining || !isPeerAllowed
        guard let dialect = Dialect(head, bytes) else {
            if isPeerAllowed, let assertion = worker.serving.assertion, KeySetReply.isAsked(head, bytes) {
                let closes = connection.answered(head, closing: mustClose)
                let end = end(head, closes: closes || mustClose)
                assertion.keySet.append(to: &worker.output, method: head.method, end: end)
                return closes
            }
            let mustClose = mustClose || UnknownPathReply.isSuspect(head, bytes)
            let closes = connection.answered(head, closing: mustClose)
            UnknownPathReply.append(to: &worker.output, end: end(head, closes: closes || mustClose))
            return closes
        }
        guard let decision = decide(dialect, head, bytes, now) else { return nil }
        // A request that two programs could read in two ways may have another one hidden in it: nothing more is read.
        let isSuspect = decision.reason == .tokenRepeated || decision.isTargetMalformed
        let closes = connection.answered(head, closing: mustClose || isSuspect)
        worker.serving.replies.append(
            decision,
            identity: worker.authorizer.identity,
            assertion: worker.assertion,
            end: end(head, closes: closes || mustClose || isSuspect),
            to: &worker.output
        )
        return closes
    }

    private func end(_ head: RequestHead, closes: Bool) -> DecisionReplies.End {
        closes ? .close : (head.version == .http10 ? .keepAlive : .persistent)
    }

    private func decide(_ dialect: Dialect, _ head: RequestHead, _ bytes: Span<UInt8>, _ now: Timestamp) -> Decision? {
        let sources = worker.authorizer.credentialSources
        let request =
            switch dialect {
            case .nginx: NginxDialect.read(head, bytes, sources)
            case .forwarded: ForwardedDialect.read(head, bytes, sources)
            case .envoy: EnvoyDialect.read(head, bytes, sources)
            }
        let refusal: Reason
        switch request {
        case .ask(let request) where isPeerAllowed:
            return worker.decide(request, at: dialect.door, in: bytes, now: now, waiter: self, &keyWait)
        case .ask: refusal = .peerNotAllowed
        case .refused(let reason): refusal = isPeerAllowed ? reason : .peerNotAllowed
        }
        return worker.refuse(refusal, at: dialect.door, method: head.methodName.range, in: bytes)
    }

    private func refuse(_ refusal: HTTPRefusal) {
        worker.output.append(contentsOf: RefusalResponse.bytes(for: refusal))
    }

    /// A head must be complete within the header timeout, however its bytes drip; otherwise the idle timeout runs.
    private func restartClock(wasInsideHead: Bool) {
        let isWaiting = unread != nil || !connection.isIdle
        if isWaiting, wasInsideHead { return }
        let limits = worker.serving.limits
        deadline = worker.deadline(after: isWaiting ? limits.headerTimeout : limits.idleTimeout)
    }
}

extension DecisionHandler: KeyWaiter {
    /// Reads no more until the request that waits is answered; its own bytes stay in `unread`.
    private func pause(_ context: ChannelHandlerContext) {
        // It cannot fail on a socket; if it did, more bytes would be kept for as long as the wait.
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
    }

    func keyWaitIsOver() {
        guard keyWait.isRunning else { return }
        keyWait = .over
        guard let context, let buffer = unread.take() else { return }
        take(buffer, context)
        context.flush()
        if !keyWait.isRunning { try? context.channel.syncOptions?.setOption(.autoRead, value: true) }
    }
}

extension DecisionHandler: TimedConnection {
    func timeIsOver() {
        guard let context else { return }
        if connection.isInsideHead, !isLingering {
            let reply = ByteBuffer(bytes: RefusalResponse.bytes(for: HTTPRefusal(.requestTimeout)))
            context.writeAndFlush(wrapOutboundOut(reply), promise: nil)
        }
        context.close(promise: nil)
    }

    func drain() {
        if connection.isIdle, unread == nil { context?.close(promise: nil) }
    }
}

/// One event loop's.
@available(*, unavailable)
extension DecisionHandler: Sendable {}

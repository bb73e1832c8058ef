internal import NIOCore

/// The TLS handshake of one connection to an upstream: the connection counts as open when it is over, and is closed where
/// it is not over in time.
struct UpstreamHandshake: Sendable {
    private let loop: any EventLoop
    private let done: EventLoopPromise<Void>
    private let timer: Scheduled<Void>

    /// - Parameters:
    ///   - loop: the connection's, on which everything is called.
    ///   - limit: how long connecting and the handshake may take together.
    init(on loop: any EventLoop, limit: TimeAmount) {
        self.loop = loop
        let done = loop.makePromise(of: Void.self)
        self.done = done
        timer = loop.scheduleTask(in: limit) { done.fail(ChannelError.connectTimeout(limit)) }
    }

    /// Goes behind the TLS handler; one for each attempt to connect.
    func handler() -> TLSHandshakeHandler { TLSHandshakeHandler(done) }

    /// - Parameter connected: the attempt to connect; its channel is closed where the handshake fails.
    func completes(_ connected: EventLoopFuture<any Channel>) -> EventLoopFuture<any Channel> {
        let (done, timer) = (done, timer)
        done.futureResult.whenComplete { _ in timer.cancel() }
        connected.whenFailure { done.fail($0) }
        return connected.flatMap { channel in
            done.futureResult.map { channel }
                .flatMapErrorThrowing { error in
                    channel.close(promise: nil)
                    throw error
                }
        }
    }
}

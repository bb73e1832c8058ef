internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Serves bound listeners: every accepted connection goes to an event loop and gets the handler of its listener's kind.
final class Server: Sendable {
    private let group: any EventLoopGroup
    private let workers: WorkerGroup
    private let handlers: ConnectionHandlers
    private let channels = Mutex<[(kind: ListenerKind, channel: any Channel)]>([])

    init(group: any EventLoopGroup, workers: WorkerGroup, handlers: ConnectionHandlers) {
        self.group = group
        self.workers = workers
        self.handlers = handlers
    }

    /// Begins to accept. Waits for the event loops, so never call it on one. The descriptor is the server's from now on.
    /// - Parameter tls: of the listener's certificate; nil: plain.
    func serve(_ listener: BoundListener, tls: ListenerTLS?) throws {
        let descriptor = listener.descriptor
        let serving = bootstrap(listener, tls).withBoundSocket(descriptor)
        // NIO has just listened with a backlog of its own choice (128): say it again with ours, at once, since a queue that
        // systemd filled while nobody accepted may be longer than that.
        listen(descriptor, listener.backlog)
        let channel = try serving.wait()
        channels.withLock { $0.append((listener.kind, channel)) }
    }

    private func listen(_ descriptor: Int32, _ backlog: Int32) {
        // The socket is listening already; a failure leaves NIO's backlog, which works.
        _ = Glibc.listen(descriptor, backlog)
    }

    private func bootstrap(_ listener: BoundListener, _ tls: ListenerTLS?) -> ServerBootstrap {
        let kind = listener.kind
        let peers = listener.peers
        let isUnix = listener.isUnix
        let bootstrap = ServerBootstrap(group: group)
            // Accept what has come, then let the connections work.
            .serverChannelOption(.maxMessagesPerRead, value: 64)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // Out of descriptors: pause, do not spin.
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                }
            }
            .childChannelInitializer { [workers, handlers] channel in
                channel.eventLoop.makeCompletedFuture {
                    try handlers.add(
                        to: channel,
                        kind: kind,
                        peers: peers,
                        isUnix: isUnix,
                        tls: tls,
                        workers: workers
                    )
                }
            }
        guard !isUnix else { return bootstrap }
        return bootstrap.childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    }

    /// Accepts no more, except at the admin listeners, which tell what goes on until the end.
    ///
    /// A connection that has been accepted goes from the listener's event loop to its own and back before it is served, and
    /// NIO drops it when the listener closes meanwhile. So accepting stops first, then every loop gets a turn, then the
    /// listeners close: what the kernel has handed out is served, and the rest waits for who holds the socket next.
    /// - Returns: when the listeners are about to close.
    func stopAccepting(on loop: any EventLoop) -> EventLoopFuture<Void> {
        let served = channels.withLock { $0 }.filter { $0.kind != .admin }.map(\.channel)
        let paused = served.map { $0.setOption(.autoRead, value: false) }
        return EventLoopFuture.whenAllComplete(paused, on: loop).flatMap { [workers] _ in
            workers.collect(on: loop) { _ in }
        }.map { _ in
            for channel in served { channel.close(promise: nil) }
        }
    }
}

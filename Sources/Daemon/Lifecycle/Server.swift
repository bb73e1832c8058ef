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
    func serve(_ listener: BoundListener) throws {
        let descriptor = listener.descriptor
        let channel = try bootstrap(listener).withBoundSocket(descriptor).wait()
        // NIO listens with a backlog of its own choice (128); say it again with ours.
        listen(descriptor)
        channels.withLock { $0.append((listener.kind, channel)) }
    }

    private func listen(_ descriptor: Int32) {
        // The socket is listening already; a failure leaves NIO's backlog, which works.
        _ = Glibc.listen(descriptor, BoundListener.backlog)
    }

    private func bootstrap(_ listener: BoundListener) -> ServerBootstrap {
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
                    try handlers.add(to: channel, kind: kind, peers: peers, isUnix: isUnix, workers: workers)
                }
            }
        guard !isUnix else { return bootstrap }
        return bootstrap.childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    }

    /// Accepts no more, except at the admin listeners, which tell what goes on until the end.
    func stopAccepting() {
        for entry in channels.withLock({ $0 }) where entry.kind != .admin { entry.channel.close(promise: nil) }
    }
}

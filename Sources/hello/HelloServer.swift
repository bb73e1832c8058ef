internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import Platform

/// Listens, and answers until a signal says to stop.
enum HelloServer {
    /// Returns after SIGTERM or SIGINT.
    static func serve(_ address: ListenAddress, until signals: SignalSource) throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        switch address {
        case .tcp(let tcp):
            let socket = try TCPListenSocket(tcp)
            let channel = try accept(socket.takeDescriptor(), group)
            try run(.tcp(socket.address), channel, group, signals)
        case .unix(let path):
            let socket = try UnixSocketFile(path: path, mode: 0o660)
            defer { socket.remove() }
            let channel = try accept(socket.takeDescriptor(), group)
            try run(address, channel, group, signals)
        }
    }

    struct NoDescriptor: Error {}

    private static func accept(_ descriptor: Int32?, _ group: MultiThreadedEventLoopGroup) throws -> any Channel {
        guard let descriptor else { throw NoDescriptor() }
        let channel = try ServerBootstrap(group: group)
            .serverChannelOption(.maxMessagesPerRead, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(HelloHandler())
                }
            }
            .withBoundSocket(descriptor)
            .wait()
        // Taking the socket over has made its backlog small; the kernel cuts this to what it allows.
        _ = listen(descriptor, 4096)
        return channel
    }

    private static func run(
        _ address: ListenAddress,
        _ channel: any Channel,
        _ group: MultiThreadedEventLoopGroup,
        _ signals: SignalSource
    ) throws {
        StandardStreams.output("hello: listening on \(address)")
        waitForEnd(signals)
        try channel.close().wait()
        try group.syncShutdownGracefully()
    }

    /// Blocks this thread, which has nothing else to do.
    private static func waitForEnd(_ signals: SignalSource) {
        while true {
            var request = pollfd(fd: signals.fileDescriptor, events: Int16(POLLIN), revents: 0)
            // The pointer lives for the call, and counts one element.
            _ = unsafe poll(&request, 1, -1)
            if signals.drain().contains(where: { $0 == .terminate || $0 == .interrupt }) { return }
        }
    }
}

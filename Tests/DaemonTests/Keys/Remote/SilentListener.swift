import NIOCore
import NIOPosix

/// A listening socket that nobody accepts at.
final class SilentListener {
    let port: Int
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let listener: any Channel

    init() throws {
        listener = try ServerBootstrap(group: group)
            .serverChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0)
            .wait()
        port = listener.localAddress?.port ?? 0
    }

    deinit {
        try? listener.close().wait()
        try? group.syncShutdownGracefully()
    }
}

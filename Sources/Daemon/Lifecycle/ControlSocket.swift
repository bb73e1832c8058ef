internal import Glibc
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Platform

/// Where `authd reload` asks: a Unix socket in the folder that systemd gives the service (RuntimeDirectory=). Only root and
/// the daemon's own user may ask, by the kernel's word. The control loop's.
final class ControlSocket {
    /// The socket's name in $RUNTIME_DIRECTORY.
    static let name = "control.sock"

    private let file: UnixSocketFile
    private let channel: any Channel

    /// The path in the folder that the service was given; nil where it was given none.
    static func path(runtimeDirectory: String?) -> String? {
        // RuntimeDirectory= may name several.
        guard let folder = runtimeDirectory?.split(separator: ":").first, folder.hasPrefix("/") else { return nil }
        return "\(folder)/\(name)"
    }

    /// Waits for the control loop, so never call it there.
    /// - Parameter reload: called on the control loop; calls back there when the reload is over.
    init(
        _ path: String,
        group: any EventLoopGroup,
        reload: @escaping @Sendable (@escaping ([String]) -> Void) -> Void
    ) throws {
        file = try UnixSocketFile(path: path, mode: 0o600)
        channel = try ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ControlHandler(reload))
                }
            }
            .withBoundSocket(file.takeDescriptor() ?? -1)
            .wait()
    }

    func close() {
        channel.close(promise: nil)
        file.remove()
    }
}

/// One call of `authd reload`: a line in, the outcome out.
private final class ControlHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let reload: (@escaping ([String]) -> Void) -> Void
    private var received: [UInt8] = []
    private var isAsked = false

    init(_ reload: @escaping (@escaping ([String]) -> Void) -> Void) { self.reload = reload }

    func channelActive(context: ChannelHandlerContext) {
        let isAllowed = try? context.channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(
            of: NIOBSDSocket.Handle.self
        ) { descriptor in
            let peer = try? PeerCredentials(ofSocket: descriptor)
            return peer.map { $0.user == 0 || $0.user == geteuid() } ?? false
        }
        if (isAllowed ?? false) != true { context.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        guard !isAsked, let end = received.firstIndex(of: UInt8(ascii: "\n")) else {
            if received.count > 64 { context.close(promise: nil) }
            return
        }
        isAsked = true
        guard received[..<end].elementsEqual(ControlAnswer.question.utf8.dropLast()) else {
            return context.close(promise: nil)
        }
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        reload { failures in
            let context = context.value
            // The peer may be gone by now; then nobody reads it.
            context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: ControlAnswer.text(failures))), promise: nil)
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

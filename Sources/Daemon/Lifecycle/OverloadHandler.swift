internal import Authorization
internal import Gateways
internal import NIOCore

/// Turns a connection away that would be one too many: whatever it asks, the answer is 503 `overloaded`, and it closes.
final class OverloadHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let reply = Array(
        """
        HTTP/1.1 503 Service Unavailable\r
        X-Authd-Decision: error\r
        X-Authd-Reason: overloaded\r
        Retry-After: 1\r
        Cache-Control: no-store\r
        Content-Length: 0\r
        Connection: close\r
        \r\n
        """.utf8
    )

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: Self.reply)), promise: nil)
        context.close(mode: .output, promise: nil)
        // Long enough for the peer to read the answer, short enough to free the descriptor.
        context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { context.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// One event loop's.
@available(*, unavailable)
extension OverloadHandler: Sendable {}

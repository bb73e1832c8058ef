internal import NIOCore

/// Hands the kernel's events to the file watch.
final class WatchHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private weak var watch: FileWatch?

    init(_ watch: FileWatch) { self.watch = watch }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        // Safe: the view lives no longer than the buffer; bytes have no padding.
        watch?.received(unsafe buffer.readableBytesSpan._unsafeView(as: UInt8.self))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// One event loop's.
@available(*, unavailable)
extension WatchHandler: Sendable {}

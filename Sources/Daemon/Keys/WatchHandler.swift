internal import NIOCore

/// Hands the file watch's events to the key sources.
final class WatchHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private weak var sources: KeySources?

    init(_ sources: KeySources) { self.sources = sources }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        // Safe: the view lives no longer than the buffer; bytes have no padding.
        sources?.received(unsafe buffer.readableBytesSpan._unsafeView(as: UInt8.self))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// One event loop's.
@available(*, unavailable)
extension WatchHandler: Sendable {}

internal import NIOCore
internal import NIOPosix
internal import Platform

/// Reads the signal descriptor on the control loop.
final class SignalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let received: ([Signal]) -> Void

    init(_ received: @escaping ([Signal]) -> Void) { self.received = received }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        // Safe: the view lives no longer than the buffer, and bytes have no padding.
        received(SignalSource.signals(in: unsafe buffer.readableBytesSpan._unsafeView(as: UInt8.self)))
    }
}

/// The control loop's.
@available(*, unavailable)
extension SignalHandler: Sendable {}

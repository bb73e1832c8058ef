internal import HTTPWire
internal import NIOCore

/// Answers one connection: every complete request of a read with one write.
final class HelloHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var parser = RequestHeadParser()
    private var head = RequestHead()
    /// What is left of a body that nobody reads.
    private var body: BodyReader?
    private var unread: ByteBuffer?
    private var output = ByteBuffer()
    private var isClosing = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var input = unwrapInboundIn(data)
        guard !isClosing else { return }
        if var earlier = unread.take() {
            earlier.writeBuffer(&input)
            input = earlier
        }
        output.clear()
        while !isClosing, input.readableBytes > 0 {
            let consumed = serve(input)
            input.moveReaderIndex(forwardBy: min(consumed, input.readableBytes))
            if consumed == 0 { break }
        }
        if input.readableBytes > 0, !isClosing { unread = input }
        if output.readableBytes > 0 { context.write(wrapOutboundOut(output), promise: nil) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
        if isClosing { context.close(mode: .output, promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// One step. - Returns: how many bytes are done with; 0: more are needed.
    private func serve(_ input: ByteBuffer) -> Int {
        let bytes = input.readableBytesUInt8Span
        if var reader = body { return skip(&reader, bytes) }
        switch parser.parse(bytes, into: &head) {
        case .needMore: return 0
        case .complete(let length):
            answer()
            return length
        case .refused(let refusal):
            output.writeBytes(RefusalResponse.bytes(for: refusal))
            isClosing = true
            return bytes.count
        }
    }

    private func skip(_ reader: inout BodyReader, _ bytes: Span<UInt8>) -> Int {
        let event = reader.next(bytes)
        body = reader.isFinished ? nil : reader
        switch event {
        case .needMore(let consumed), .end(let consumed): return consumed
        case .data(let range): return range.upperBound
        case .refused:
            isClosing = true
            return bytes.count
        }
    }

    private func answer() {
        if head.expectsContinue { output.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n") }
        if head.framing.hasBody { body = BodyReader(head.framing) }
        let isServed = head.method == .get || head.method == .head
        output.writeStaticString(
            isServed
                ? "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n"
                : "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nContent-Length: 0\r\n"
        )
        if !head.keepAlive {
            output.writeStaticString("Connection: close\r\n")
            isClosing = true
        } else if head.version == .http10 {
            output.writeStaticString("Connection: keep-alive\r\n")
        }
        output.writeStaticString("\r\n")
        if head.method == .get { output.writeStaticString("Hello, world!") }
    }
}

/// One event loop's.
@available(*, unavailable)
extension HelloHandler: Sendable {}

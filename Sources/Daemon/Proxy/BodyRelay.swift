internal import HTTPWire
internal import NIOCore

/// Carries one body from the framing it came in to the framing it goes on in, a read at a time. Data is passed on in
/// slices, small ones are joined; chunks are framed anew, one for each read, so that extensions, trailers and tiny chunks
/// end here.
struct BodyRelay {
    enum Outcome: Equatable {
        /// All bytes are done with; more will come.
        case more
        /// The body is complete. What is left in the input is not part of it.
        case ended
        /// The framing is wrong.
        case refused(HTTPRefusal)
    }

    /// Up to here copying is cheaper than another buffer in the write.
    static let smallBytes = 4096

    private var reader: BodyReader
    private let isChunked: Bool
    private var ranges: [Range<Int>] = []

    /// - Parameters:
    ///   - framing: of the bytes that come in.
    ///   - isChunked: whether they go on in chunks.
    init(_ framing: BodyFraming, isChunked: Bool) {
        reader = BodyReader(framing)
        self.isChunked = isChunked
    }

    /// Whether the body is complete.
    var isFinished: Bool { reader.isFinished }

    /// Whether the body is complete when the input ends here.
    var mayEndWithInput: Bool { reader.mayEndWithInput }

    /// Takes bytes from the input, and hands on what goes on.
    /// - Parameters:
    ///   - input: its beginning is consumed.
    ///   - joined: collects small pieces; the caller writes it at the end.
    ///   - write: writes a piece that is not small, after what `joined` held.
    /// - Returns: how it stands, and how many bytes of data there were.
    mutating func relay(
        _ input: inout ByteBuffer,
        joined: inout ByteBuffer,
        write: (ByteBuffer) -> Void
    ) -> (outcome: Outcome, data: Int) {
        let (outcome, consumed) = scan(input)
        let start = input.readerIndex
        var total = 0
        for range in ranges { total += range.count }
        if isChunked, total > 0 { joined.writeChunkSize(total) }
        for range in ranges {
            guard let piece = input.getSlice(at: start + range.lowerBound, length: range.count) else { continue }
            if piece.readableBytes <= Self.smallBytes {
                joined.writeImmutableBuffer(piece)
                continue
            }
            if joined.readableBytes > 0 {
                write(joined)
                joined.clear()
            }
            write(piece)
        }
        if isChunked, total > 0 { joined.writeStaticString("\r\n") }
        if isChunked, outcome == .ended { joined.writeStaticString("0\r\n\r\n") }
        input.moveReaderIndex(forwardBy: min(consumed, input.readableBytes))
        return (outcome, total)
    }

    /// Reads on without passing anything on. - Returns: how it stands, and how many bytes were consumed.
    mutating func discard(_ input: inout ByteBuffer) -> (outcome: Outcome, consumed: Int) {
        let (outcome, consumed) = scan(input)
        input.moveReaderIndex(forwardBy: min(consumed, input.readableBytes))
        return (outcome, consumed)
    }

    /// What ends a body that ended with its input.
    func appendEnd(to joined: inout ByteBuffer) {
        if isChunked { joined.writeStaticString("0\r\n\r\n") }
    }

    /// Finds the data in the input, in `ranges`.
    private mutating func scan(_ input: ByteBuffer) -> (Outcome, consumed: Int) {
        ranges.removeAll(keepingCapacity: true)
        let bytes = input.readableBytesUInt8Span
        var consumed = 0
        while true {
            if reader.isFinished { return (.ended, consumed) }
            switch reader.next(bytes.extracting(consumed...)) {
            case .needMore(let count): return (.more, consumed + count)
            case .data(let range):
                ranges.append((consumed + range.lowerBound)..<(consumed + range.upperBound))
                consumed += range.upperBound
            case .end(let count): return (.ended, consumed + count)
            case .refused(let refusal): return (.refused(refusal), consumed)
            }
        }
    }
}

extension ByteBuffer {
    /// The size line of a chunk (RFC 9112 §7.1).
    fileprivate mutating func writeChunkSize(_ count: Int) {
        let value = UInt64(max(0, count))
        var shift = max(0, 60 - value.leadingZeroBitCount / 4 * 4)
        while true {
            let digit = UInt8(truncatingIfNeeded: (value >> UInt64(shift)) & 0xF)
            writeInteger(digit < 10 ? 0x30 + digit : 0x57 + digit)
            if shift == 0 { break }
            shift -= 4
        }
        writeStaticString("\r\n")
    }
}

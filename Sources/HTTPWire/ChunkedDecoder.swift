/// Takes the chunked transfer coding apart (RFC 9112 §7.1), a byte at a time if need be.
///
/// Data is given as ranges and never copied. Extensions and trailers are checked, counted and dropped: a trailer never
/// becomes a header. Every byte of framing is consumed by the call that sees it, so no input is read twice.
package struct ChunkedDecoder: Sendable {
    /// Where in the grammar the next byte stands.
    private enum State: Equatable {
        /// Before the first digit of a chunk size.
        case size
        case moreSize
        case chunkExtension(ChunkExtensionSyntax)
        /// After the CR of a chunk-size line.
        case sizeLineFeed
        case data
        case dataCarriageReturn
        case dataLineFeed
        case trailer(TrailerSyntax)
        case finished
        case refused(HTTPRefusal.Code)
    }

    private let limits: ChunkLimits
    private var state = State.size
    /// What is left of the current chunk's data.
    private var remaining: UInt64 = 0
    private var sizeDigits = 0
    private var chunkExtensionBytes = 0
    private var extensionBytes = 0
    private var trailerBytes = 0
    private var trailers = 0
    private var trailerName = FramingNameMatcher()

    /// A 64-bit number has no more digits, and nobody pads a size with zeros beyond that.
    private static let mostSizeDigits = 16

    package init(limits: ChunkLimits = ChunkLimits()) {
        self.limits = limits
    }

    /// Whether the last chunk and the trailer section have been read.
    package var isFinished: Bool { state == .finished }

    /// Reads on. Hand in what the last event did not consume, and more.
    ///
    /// After `end` it gives `end(consumed: 0)`, after `refused` the same refusal.
    package mutating func next(_ bytes: Span<UInt8>) -> BodyEvent {
        var index = 0
        while index < bytes.count {
            switch state {
            case .finished, .refused:
                return outcome(consumed: index)
            case .data:
                let available = min(UInt64(bytes.count - index), remaining)
                let end = index + Int(available)
                remaining -= available
                if remaining == 0 { state = .dataCarriageReturn }
                return .data(index..<end)
            case .size, .moreSize, .chunkExtension, .sizeLineFeed, .dataCarriageReturn, .dataLineFeed, .trailer:
                state = step(bytes[index])
                index += 1
            }
        }
        return outcome(consumed: index)
    }

    private func outcome(consumed: Int) -> BodyEvent {
        switch state {
        case .finished: .end(consumed: consumed)
        case .refused(let code): .refused(HTTPRefusal(code))
        case .size, .moreSize, .chunkExtension, .sizeLineFeed, .data, .dataCarriageReturn, .dataLineFeed, .trailer:
            .needMore(consumed: consumed)
        }
    }

    /// The state after one byte of framing.
    private mutating func step(_ byte: UInt8) -> State {
        switch state {
        case .size, .moreSize:
            return stepSize(byte)
        case .chunkExtension(let syntax):
            return stepExtension(syntax, byte)
        case .sizeLineFeed:
            guard byte == ASCII.lineFeed else { return .refused(.lineEndMalformed) }
            return remaining == 0 ? .trailer(.lineStart) : .data
        case .dataCarriageReturn:
            return byte == ASCII.carriageReturn ? .dataLineFeed : .refused(.chunkEndMalformed)
        case .dataLineFeed:
            guard byte == ASCII.lineFeed else { return .refused(.chunkEndMalformed) }
            sizeDigits = 0
            chunkExtensionBytes = 0
            return .size
        case .trailer(let syntax):
            return stepTrailer(syntax, byte)
        case .data, .finished, .refused:
            return state
        }
    }

    /// `1*HEXDIG`, nothing in front and no white space behind: sizes are where parsers differ most.
    private mutating func stepSize(_ byte: UInt8) -> State {
        if let digit = ASCII.hexadecimalValue(byte) {
            sizeDigits += 1
            if sizeDigits > Self.mostSizeDigits { return .refused(.chunkSizeMalformed) }
            remaining = remaining << 4 | UInt64(digit)
            return remaining > UInt64(Int64.max) ? .refused(.chunkSizeMalformed) : .moreSize
        }
        guard state == .moreSize else { return .refused(.chunkSizeMalformed) }
        switch byte {
        case ASCII.semicolon: return .chunkExtension(.beforeName)
        case ASCII.carriageReturn: return .sizeLineFeed
        case ASCII.lineFeed: return .refused(.lineEndMalformed)
        default: return .refused(.chunkSizeMalformed)
        }
    }

    private mutating func stepExtension(_ syntax: ChunkExtensionSyntax, _ byte: UInt8) -> State {
        chunkExtensionBytes += 1
        extensionBytes += 1
        if chunkExtensionBytes > limits.extensionBytesPerChunk || extensionBytes > limits.extensionBytes {
            return .refused(.chunkExtensionsTooLarge)
        }
        switch syntax.next(byte) {
        case .syntax(let next): return .chunkExtension(next)
        case .endOfLine: return .sizeLineFeed
        case .malformed:
            let isLineEnd = byte == ASCII.carriageReturn || byte == ASCII.lineFeed
            return .refused(isLineEnd ? .lineEndMalformed : .chunkExtensionMalformed)
        }
    }

    private mutating func stepTrailer(_ syntax: TrailerSyntax, _ byte: UInt8) -> State {
        trailerBytes += 1
        if trailerBytes > limits.trailerBytes { return .refused(.trailersTooLarge) }
        switch syntax.next(byte) {
        case .syntax(let next):
            if next == .name {
                if syntax == .lineStart {
                    trailers += 1
                    if trailers > limits.trailers { return .refused(.trailersTooLarge) }
                    trailerName = FramingNameMatcher()
                }
                trailerName.append(byte)
            } else if syntax == .name, trailerName.isMatch {
                return .refused(.framingContradictory)
            }
            return .trailer(next)
        case .endOfSection: return .finished
        case .malformed(let code): return .refused(code)
        }
    }
}

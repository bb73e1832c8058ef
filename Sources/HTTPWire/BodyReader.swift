/// Finds the data of one message body among the bytes of its connection, whatever its framing.
///
/// The same reader serves for streaming a body onwards and for draining one that nobody wants. Callers loop:
///
///     var reader = BodyReader(head.framing)
///     switch reader.next(unread) { … }     // advance by what the event consumed, call again until `end`
package struct BodyReader: Sendable {
    private enum State {
        case length(UInt64)
        case chunked(ChunkedDecoder)
        case untilClose
        case finished
    }

    private var state: State

    package init(_ framing: BodyFraming, limits: ChunkLimits = ChunkLimits()) {
        switch framing {
        case .none: state = .finished
        case .length(let length): state = length == 0 ? .finished : .length(length)
        case .chunked: state = .chunked(ChunkedDecoder(limits: limits))
        case .untilClose: state = .untilClose
        }
    }

    /// Whether the whole body has been read. True at once for a message without a body.
    package var isFinished: Bool {
        switch state {
        case .finished: true
        case .length, .untilClose: false
        case .chunked(let decoder): decoder.isFinished
        }
    }

    /// Whether the end of the input is the proper end of the body. False means that the body was cut short: whoever
    /// receives it must not see a clean end (RFC 9112 §8).
    package var mayEndWithInput: Bool {
        switch state {
        case .finished, .untilClose: true
        case .length: false
        case .chunked(let decoder): decoder.isFinished
        }
    }

    /// Reads on. Hand in what the last event did not consume, and more. After the end it gives `end(consumed: 0)`.
    package mutating func next(_ bytes: Span<UInt8>) -> BodyEvent {
        switch state {
        case .finished:
            return .end(consumed: 0)
        case .untilClose:
            return bytes.isEmpty ? .needMore(consumed: 0) : .data(0..<bytes.count)
        case .length(let remaining):
            if bytes.isEmpty { return .needMore(consumed: 0) }
            let available = min(UInt64(bytes.count), remaining)
            state = available == remaining ? .finished : .length(remaining - available)
            return .data(0..<Int(available))
        case .chunked(var decoder):
            let event = decoder.next(bytes)
            state = .chunked(decoder)
            return event
        }
    }
}

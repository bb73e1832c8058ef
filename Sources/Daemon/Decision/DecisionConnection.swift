internal import HTTPWire

/// One connection to the decision endpoint, without its I/O: where it stands between requests, and what the bytes that
/// came mean.
struct DecisionConnection {
    private enum State {
        /// Between requests or inside a head.
        case head
        /// The reply is out; the rest of the request's body is read and thrown away, up to the cap.
        case draining(BodyReader, left: Int, thenClose: Bool)
        case closed
    }

    enum Action: Equatable {
        /// Wait for more bytes; `consumed` are done with.
        case wait(consumed: Int)
        /// A head is complete, in the worker's `RequestHead`; it took `length` bytes. Answer it, then call `answered`.
        case answer(length: Int)
        /// Answer with the refusal and close.
        case refuse(HTTPRefusal)
        /// Close without an answer.
        case close
    }

    private var state = State.head
    private var parser: RequestHeadParser
    private let drainBytes: Int

    init(limits: HeadLimits, drainBytes: Int) {
        parser = RequestHeadParser(limits: limits)
        self.drainBytes = drainBytes
    }

    /// Whether a part of a head has come.
    var isInsideHead: Bool {
        if case .head = state { parser.isInsideHead } else { false }
    }

    /// Whether nothing has begun that the peer waits for.
    var isIdle: Bool {
        if case .head = state { !parser.isInsideHead } else { false }
    }

    /// Takes the bytes that have not been consumed yet. Call again with the rest until it says `wait` or closes.
    mutating func received(_ bytes: Span<UInt8>, head: inout RequestHead) -> Action {
        switch state {
        case .closed: return .close
        case .draining(var reader, let left, let thenClose):
            return drain(&reader, left: left, thenClose: thenClose, bytes, head: &head)
        case .head:
            guard bytes.count > 0 else { return .wait(consumed: 0) }
            switch parser.parse(bytes, into: &head) {
            case .needMore: return .wait(consumed: 0)
            case .complete(let length): return .answer(length: length)
            case .refused(let refusal):
                state = .closed
                return .refuse(refusal)
            }
        }
    }

    /// The head has been answered. - Returns: whether the connection closes at once.
    mutating func answered(_ head: RequestHead, closing: Bool) -> Bool {
        // A client that waits for 100 Continue has its final answer and may send the body or not: what follows cannot
        // be told apart (RFC 9110 §10.1.1).
        if head.expectsContinue || (closing && !head.framing.hasBody) {
            state = .closed
            return true
        }
        guard head.framing.hasBody else { return false }
        if case .length(let length) = head.framing, length > UInt64(drainBytes) {
            state = .closed
            return true
        }
        state = .draining(BodyReader(head.framing), left: drainBytes, thenClose: closing)
        return false
    }

    private mutating func drain(
        _ reader: inout BodyReader,
        left: Int,
        thenClose: Bool,
        _ bytes: Span<UInt8>,
        head: inout RequestHead
    ) -> Action {
        var left = left
        var consumed = 0
        while true {
            let event = reader.next(bytes.extracting(consumed...))
            let step: Int
            switch event {
            case .needMore(let count):
                state = .draining(reader, left: left - count, thenClose: thenClose)
                return left < count ? close() : .wait(consumed: consumed + count)
            case .data(let range): step = range.upperBound
            case .end(let count):
                guard !thenClose else { return close() }
                state = .head
                return .wait(consumed: consumed + count)
            case .refused:
                return close()
            }
            consumed += step
            left -= step
            guard left >= 0 else { return close() }
        }
    }

    private mutating func close() -> Action {
        state = .closed
        return .close
    }
}

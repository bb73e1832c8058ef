/// Reads one answer out of bytes that come in pieces of any size. It does no I/O and bears any bytes.
struct HTTPAnswerReader: Sendable {
    enum Progress: Sendable, Equatable {
        case needsMore
        /// The answer is whole; whether the connection may be used again.
        case complete(HTTPAnswer, keepsAlive: Bool)
        case failed(HTTPFailure)
    }

    private enum State {
        case head
        case length(HTTPAnswerHead, Int)
        case chunked(HTTPAnswerHead, ChunkReader)
        case toTheEnd(HTTPAnswerHead)
        case over
    }

    private let limit: Int
    private var state = State.head
    /// The bytes of the head, or of a body that is not chunked.
    private var kept: [UInt8] = []
    /// Up to where the end of the head was searched for.
    private var searched = 0
    /// Interim answers that may still come (RFC 9110 §15.2).
    private var interim = 8

    /// - Parameter bodyLimit: the longest body that is taken, in bytes.
    init(bodyLimit: Int) { limit = bodyLimit }

    /// The next bytes of the connection.
    mutating func receive(_ bytes: ArraySlice<UInt8>) -> Progress {
        var bytes = bytes
        if case .head = state {
            kept += bytes
            switch readHead() {
            case .failure(let failure): return fail(failure)
            case .success(nil): return .needsMore
            case .success(let rest?): bytes = rest[...]
            }
        }
        return readBody(bytes)
    }

    /// The peer has ended the connection.
    mutating func end() -> Progress {
        if case .toTheEnd(let head) = state { return finish(head, kept, keepsAlive: false) }
        return fail(.closed)
    }

    /// Looks for a whole head that is not an interim one. - Returns: what comes after it; nil where more is needed.
    private mutating func readHead() -> Result<[UInt8]?, HTTPFailure> {
        while let end = endOfHead() {
            guard end <= LambdaLimits.headBytes, let head = HTTPAnswerHead(kept[..<end]) else {
                return .failure(.malformed)
            }
            let rest = Array(kept[(end + 2)...])
            kept = rest
            searched = 0
            if head.status < 200 {
                interim -= 1
                // 101 would be another protocol.
                guard head.status != 101, interim >= 0 else { return .failure(.malformed) }
                continue
            }
            kept = []
            return begin(head).map { Optional(rest) }
        }
        return kept.count > LambdaLimits.headBytes ? .failure(.malformed) : .success(nil)
    }

    private mutating func begin(_ head: HTTPAnswerHead) -> Result<Void, HTTPFailure> {
        switch head.framing {
        case .length(let length):
            guard length <= limit else { return .failure(tooLarge(head)) }
            kept.reserveCapacity(length)
            state = .length(head, length)
        case .chunked: state = .chunked(head, ChunkReader(limit: limit))
        case .toTheEnd: state = .toTheEnd(head)
        }
        return .success(())
    }

    /// The index after the CRLF of the head's last line, where the empty line stands.
    private mutating func endOfHead() -> Int? {
        var index = max(searched - 3, 0)
        while index + 3 < kept.count {
            if kept[index] == 0x0D, kept[index + 1] == 0x0A, kept[index + 2] == 0x0D, kept[index + 3] == 0x0A {
                return index + 2
            }
            index += 1
        }
        searched = kept.count
        return nil
    }

    private mutating func readBody(_ bytes: ArraySlice<UInt8>) -> Progress {
        switch state {
        case .head, .over: return fail(.malformed)
        case .length(let head, let length):
            let piece = bytes.prefix(length - kept.count)
            kept += piece
            guard kept.count == length else { return .needsMore }
            // Bytes that nobody asked for: this connection is not to be trusted with another request.
            return finish(head, kept, keepsAlive: head.keepsAlive && piece.count == bytes.count)
        case .chunked(let head, var chunks):
            state = .over
            var rest = bytes
            let progress = chunks.read(&rest)
            switch progress {
            case .needsMore:
                state = .chunked(head, chunks)
                return .needsMore
            case .complete: return finish(head, chunks.body, keepsAlive: head.keepsAlive && rest.isEmpty)
            case .malformed: return fail(.malformed)
            case .tooLarge: return fail(tooLarge(head))
            }
        case .toTheEnd(let head):
            guard bytes.count <= limit - kept.count else { return fail(tooLarge(head)) }
            kept += bytes
            return .needsMore
        }
    }

    private mutating func finish(_ head: HTTPAnswerHead, _ body: [UInt8], keepsAlive: Bool) -> Progress {
        state = .over
        return .complete(HTTPAnswer(status: head.status, fields: head.fields, body: body), keepsAlive: keepsAlive)
    }

    private mutating func fail(_ failure: HTTPFailure) -> Progress {
        state = .over
        return .failed(failure)
    }

    private func tooLarge(_ head: HTTPAnswerHead) -> HTTPFailure {
        .tooLarge(HTTPAnswer(status: head.status, fields: head.fields))
    }
}

/// One request after the other on one connection, which is made when it is needed and kept while the peer keeps it.
/// Nothing is ever sent twice here: the caller knows what may be.
struct HTTPConnection<Socket: ByteSocket> {
    private let socket: Socket
    private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

    init(_ socket: Socket) { self.socket = socket }

    /// Sends a request and waits for its whole answer.
    /// - Parameters:
    ///   - request: head and body.
    ///   - bodyLimit: a longer body of the answer is refused.
    ///   - deadline: of `WallClock.steadyMilliseconds`; nil: none.
    mutating func exchange(
        _ request: [UInt8],
        bodyLimit: Int,
        before deadline: Int64? = nil
    ) throws(HTTPFailure) -> HTTPAnswer {
        try open(before: deadline)
        do throws(SocketFault) {
            try socket.send(request, before: deadline)
        } catch {
            socket.close()
            // The peer cannot have a whole request of which the kernel did not take the end.
            throw error == .timedOut ? .timedOut : .notTaken
        }
        var reader = HTTPAnswerReader(bodyLimit: bodyLimit)
        while true {
            switch try step(&reader, before: deadline) {
            case .needsMore: continue
            case .complete(let answer, let keepsAlive):
                if !keepsAlive { socket.close() }
                return answer
            case .failed(let failure):
                socket.close()
                throw failure
            }
        }
    }

    private mutating func open(before deadline: Int64?) throws(HTTPFailure) {
        guard !socket.isOpen || socket.isStale else { return }
        do throws(SocketFault) {
            try socket.connect(before: deadline)
        } catch {
            switch error {
            case .unreachable(let number): throw .noConnection(number)
            case .broken: throw .noConnection(0)
            case .timedOut: throw .timedOut
            }
        }
    }

    private mutating func step(
        _ reader: inout HTTPAnswerReader,
        before deadline: Int64?
    ) throws(HTTPFailure) -> HTTPAnswerReader.Progress {
        do throws(SocketFault) {
            let count = try socket.receive(into: &buffer, before: deadline)
            return count == 0 ? reader.end() : reader.receive(buffer[..<count])
        } catch {
            socket.close()
            throw error == .timedOut ? .timedOut : .closed
        }
    }
}

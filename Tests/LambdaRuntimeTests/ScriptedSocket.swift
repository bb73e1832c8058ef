@testable import LambdaRuntime

/// A socket that does what a test wrote down, one turn for each request that is sent.
final class ScriptedSocket: ByteSocket {
    enum Turn {
        /// Takes the request and answers, in pieces of that many bytes.
        case answer(String, pieces: Int = 1000)
        /// Takes the request and ends the connection.
        case end
        /// Takes the request and breaks the connection.
        case reset
        /// Takes only the beginning of the request.
        case breakSending
        /// Has closed before the request comes, as after a freeze.
        case closedBefore
        /// Does not let anybody connect.
        case refuse
    }

    private var turns: [Turn]
    private var pending: [UInt8] = []
    private var piece = 1000
    private var ends = true
    /// The requests that were taken whole.
    private(set) var sent: [String] = []
    private(set) var connections = 0
    private(set) var isOpen = false
    let descriptor: Int32? = nil

    init(_ turns: [Turn]) { self.turns = turns }

    var isStale: Bool {
        guard case .closedBefore? = turns.first else { return false }
        turns.removeFirst()
        return true
    }

    func connect(before deadline: Int64?) throws(SocketFault) {
        if case .closedBefore? = turns.first { turns.removeFirst() }
        if case .refuse? = turns.first {
            turns.removeFirst()
            throw .unreachable(111)
        }
        connections += 1
        isOpen = true
    }

    func send(_ bytes: [UInt8], before deadline: Int64?) throws(SocketFault) {
        guard isOpen, !turns.isEmpty else { throw .broken }
        pending = []
        switch turns.removeFirst() {
        case .answer(let text, let pieces):
            pending = Array(text.utf8)
            piece = pieces
            ends = false
        case .end: ends = true
        case .reset:
            ends = false
            pending = []
        case .breakSending, .closedBefore, .refuse: throw .broken
        }
        sent.append(String(decoding: bytes, as: UTF8.self))
    }

    func receive(into buffer: inout [UInt8], before deadline: Int64?) throws(SocketFault) -> Int {
        if pending.isEmpty {
            if ends { return 0 }
            throw .broken
        }
        let count = min(piece, pending.count)
        for index in 0..<count { buffer[index] = pending[index] }
        pending.removeFirst(count)
        return count
    }

    func close() { isOpen = false }
}

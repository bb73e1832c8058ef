import Foundation
import Glibc

/// A small HTTP/1.1 server that keeps every byte and every request that it gets, and answers as it is told.
/// One thread a connection; the listening socket is bound before `init` returns.
package final class RecordingUpstream: Sendable {
    package struct Record: Sendable {
        /// All bytes by connection, in the order of the connections.
        package var bytes: [[UInt8]] = []
        package var requests: [RecordedRequest] = []
        /// What was on the wire and could not be read as a request.
        package var garbage: [String] = []
        package var closed = 0
    }

    package let address: SocketAddress
    package let record = Awaited(Record())
    private let listener: Int32
    private let answer: @Sendable (RecordedRequest) -> UpstreamAnswer

    package init(
        on address: SocketAddress? = nil,
        answer: @escaping @Sendable (RecordedRequest) -> UpstreamAnswer = { _ in .hello },
    ) throws {
        let address = try address ?? .tcp(port: FreePort.next())
        self.address = address
        self.answer = answer
        let listener = socket(address.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        self.listener = listener
        var yes: Int32 = 1
        _ = unsafe setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let bound = unsafe address.withSockaddr { unsafe bind(listener, $0, $1) == 0 }
        guard bound, listen(listener, 512) == 0 else {
            throw TestSupportError("cannot listen on \(address), errno \(errno)")
        }
        let record = record
        Thread.detachNewThread { Self.accept(listener, record, answer) }
    }

    deinit {
        stop()
    }

    /// Stops listening; what is connected stays connected.
    package func stop() {
        // shutdown wakes the accepting thread, which then closes the descriptor: closing it here would let the number
        // be reused while that thread still waits on it.
        shutdown(listener, Int32(SHUT_RDWR))
    }

    package var requests: [RecordedRequest] { record.current.requests }

    /// Everything received on any connection.
    package var allBytes: [UInt8] { record.current.bytes.flatMap { $0 } }

    /// Waits until at least `count` requests have come.
    package func waitForRequests(_ count: Int, before deadline: Deadline = .usual) throws -> [RecordedRequest] {
        let found = record.first(before: deadline) { $0.requests.count >= count ? $0.requests : nil }
        guard let found else { throw TestSupportError("\(requests.count) of \(count) requests at \(address)") }
        return found
    }

    /// Forgets what was recorded, for the next case.
    package func forget() {
        record.update { state in
            state.requests = []
            state.garbage = []
            state.bytes = state.bytes.map { _ in [] }
        }
    }

    private static func accept(
        _ listener: Int32,
        _ record: Awaited<Record>,
        _ answer: @escaping @Sendable (RecordedRequest) -> UpstreamAnswer,
    ) {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            if descriptor < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                break
            }
            let number = record.update { state in
                state.bytes.append([])
                return state.bytes.count - 1
            }
            Thread.detachNewThread { UpstreamConnection(descriptor, number, record, answer).serve() }
        }
        _ = close(listener)
    }
}

import Glibc

/// A blocking client connection that sends and receives plain bytes, so that a test can say exactly what is on the wire.
package final class RawConnection {
    private let descriptor: Int32
    /// Received and not yet taken.
    var pending: [UInt8] = []
    package private(set) var peerHasClosed = false
    package let address: SocketAddress

    /// - Parameter waiting: whether connecting to a Unix socket waits while its queue is full; else that is an error.
    package init(to address: SocketAddress, waiting: Bool = true) throws {
        self.address = address
        let flags = Int32(SOCK_CLOEXEC.rawValue) | (waiting ? 0 : Int32(SOCK_NONBLOCK.rawValue))
        descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue) | flags, 0)
        guard descriptor >= 0 else { throw TestSupportError("socket failed, errno \(errno)") }
        let connected = unsafe address.withSockaddr { unsafe connect(descriptor, $0, $1) == 0 }
        // The object is whole, so its end closes the descriptor. A second close could meet another thread's.
        guard connected else { throw TestSupportError("cannot connect to \(address), errno \(errno)") }
        if case .tcp = address { setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
    }

    deinit {
        _ = close(descriptor)
    }

    /// Sends all bytes; gives up, without an error, when the peer has closed, since a refusal may come at any byte.
    @discardableResult
    package func send(_ bytes: some Collection<UInt8>, before deadline: Deadline = .usual) throws -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            // The pointer is used within the call and counts the slice's own bytes; no SIGPIPE, no blocking.
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN || errno == EINTR {
                try wait(for: Int16(POLLOUT), before: deadline, "send to \(address)")
            } else {
                return false
            }
        }
        return true
    }

    @discardableResult
    package func send(_ text: String, before deadline: Deadline = .usual) throws -> Bool {
        try send(Array(text.utf8), before: deadline)
    }

    /// Ends the sending side only: the peer reads the end of the stream and can still answer.
    package func halfClose() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Closes with RST instead of FIN when the object goes away.
    package func resetOnClose() {
        // SO_LINGER with time 0; the structure's size is the one given.
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Receives whatever comes next into `pending`; false at the end of the stream.
    func receiveMore(before deadline: Deadline) throws -> Bool {
        if peerHasClosed { return false }
        try wait(for: Int16(POLLIN), before: deadline, "answer of \(address), so far \(pending.count) bytes")
        var buffer = [UInt8](repeating: 0, count: 65_536)
        // recv fills at most the buffer's own count of bytes.
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        if count < 0 && errno == EINTR { return true }
        if count <= 0 {
            // A reset after a refusal is as good an end as a close.
            peerHasClosed = true
            return false
        }
        pending += buffer.prefix(count)
        return true
    }

    /// Everything that is received until the peer closes.
    package func readToEnd(before deadline: Deadline = .usual) throws -> [UInt8] {
        while try receiveMore(before: deadline) {}
        defer { pending = [] }
        return pending
    }

    /// Waits for the peer to close, with nothing more to be received before.
    package func expectClose(before deadline: Deadline = .usual) throws {
        let rest = try readToEnd(before: deadline)
        guard rest.isEmpty else { throw TestSupportError("\(rest.count) unexpected bytes before the close") }
    }

    private func wait(for events: Int16, before deadline: Deadline, _ what: String) throws {
        var waiting = pollfd(fd: descriptor, events: events, revents: 0)
        while true {
            let ready = unsafe poll(&waiting, 1, deadline.remainingMilliseconds)
            if ready > 0 { return }
            if ready < 0 && errno == EINTR { continue }
            throw TestSupportError("waited in vain: \(what)")
        }
    }

    private func setOption(_ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        _ = unsafe setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}

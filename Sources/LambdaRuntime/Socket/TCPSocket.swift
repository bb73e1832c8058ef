internal import Glibc

/// A blocking TCP connection.
final class TCPSocket: ByteSocket {
    private let endpoint: TCPEndpoint
    private(set) var descriptor: Int32?

    init(_ endpoint: TCPEndpoint) { self.endpoint = endpoint }

    deinit { close() }

    var isOpen: Bool { descriptor != nil }

    var isStale: Bool {
        guard let descriptor else { return true }
        var target = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // Safe: the pointer lives for the call only; 0: no waiting.
        return unsafe poll(&target, 1, 0) != 0
    }

    func connect(before deadline: Int64?) throws(SocketFault) {
        close()
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(endpoint.host, String(endpoint.port), &hints, &list) == 0 else {
            throw .unreachable(0)
        }
        defer { unsafe freeaddrinfo(list) }
        var fault = SocketFault.unreachable(0)
        var next = unsafe list
        // Safe: the list is the one that getaddrinfo made, and is freed after the loop.
        while let entry = unsafe next {
            do throws(SocketFault) {
                descriptor = try unsafe Self.connected(entry.pointee, before: deadline)
                return
            } catch {
                fault = error
            }
            unsafe next = entry.pointee.ai_next
        }
        throw fault
    }

    func send(_ bytes: [UInt8], before deadline: Int64?) throws(SocketFault) {
        guard let descriptor else { throw .broken }
        var sent = 0
        while sent < bytes.count {
            try Self.limit(descriptor, SO_SNDTIMEO, before: deadline)
            // Safe: the array owns its bytes for the call, and `sent` is less than their number. No SIGPIPE.
            let count = unsafe bytes.withUnsafeBytes { all in
                unsafe Glibc.send(
                    descriptor,
                    all.baseAddress.map { unsafe $0 + sent },
                    all.count - sent,
                    Int32(MSG_NOSIGNAL)
                )
            }
            if count > 0 {
                sent += count
            } else if errno == EAGAIN {
                throw .timedOut
            } else if errno != EINTR {
                throw .broken
            }
        }
    }

    func receive(into buffer: inout [UInt8], before deadline: Int64?) throws(SocketFault) -> Int {
        guard let descriptor else { throw .broken }
        while true {
            try Self.limit(descriptor, SO_RCVTIMEO, before: deadline)
            // Safe: recv fills at most the buffer's own number of bytes, within the call.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count >= 0 { return count }
            if errno == EAGAIN { throw .timedOut }
            // A process that was stopped and goes on may find its call interrupted.
            if errno != EINTR { throw .broken }
        }
    }

    func close() {
        guard let descriptor else { return }
        self.descriptor = nil
        _ = Glibc.close(descriptor)
    }

    private static func connected(_ entry: addrinfo, before deadline: Int64?) throws(SocketFault) -> Int32 {
        let kind = unsafe entry.ai_socktype | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = unsafe socket(entry.ai_family, kind, entry.ai_protocol)
        guard descriptor >= 0 else { throw .unreachable(errno) }
        do throws(SocketFault) {
            // Linux keeps to the sending limit when it connects, too.
            try limit(descriptor, SO_SNDTIMEO, before: deadline)
        } catch {
            _ = Glibc.close(descriptor)
            throw error
        }
        // Safe: address and length belong to the entry, which lives as long as its list.
        guard unsafe Glibc.connect(descriptor, entry.ai_addr, entry.ai_addrlen) == 0 else {
            let failure = errno
            _ = Glibc.close(descriptor)
            throw failure == EINPROGRESS || failure == EAGAIN ? .timedOut : .unreachable(failure)
        }
        var yes: Int32 = 1
        // Safe: the option's value lives for the call and has the size that is given.
        _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }

    /// Lets the next call take the time that is left. Without a deadline nothing is changed: no limit is the default.
    private static func limit(_ descriptor: Int32, _ option: Int32, before deadline: Int64?) throws(SocketFault) {
        guard let deadline else { return }
        let left = deadline - WallClock.steadyMilliseconds()
        guard left > 0 else { throw .timedOut }
        var time = timeval(tv_sec: Int(left / 1000), tv_usec: Int(left % 1000) * 1000)
        // Safe: as above.
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }
}

import Glibc

/// A Unix datagram socket at a path, as systemd and the journal listen on: one datagram is one message.
package final class DatagramSocket: Sendable {
    private let descriptor: Int32
    package let path: String

    package init(_ path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let address = SocketAddress.unix(path: path)
        guard descriptor >= 0, unsafe address.withSockaddr({ unsafe bind(descriptor, $0, $1) }) == 0 else {
            throw TestSupportError("cannot bind \(path), errno \(errno)")
        }
    }

    deinit {
        _ = close(descriptor)
    }

    /// The next message, if there is one now.
    package func take() -> String? { take(Int32(MSG_DONTWAIT)) }

    /// The next message; nil when the deadline passes first.
    package func next(before deadline: Deadline = .usual) -> String? {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // The pointer lives for the call only.
        while unsafe poll(&waiting, 1, deadline.remainingMilliseconds) < 0 && errno == EINTR {}
        return take()
    }

    private func take(_ flags: Int32) -> String? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        // recv fills at most the buffer's own count of bytes.
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, flags) }
        return count >= 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}

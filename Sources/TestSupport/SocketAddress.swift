import Glibc

/// Where a test connects or listens: the IPv4 loopback, or a Unix socket.
package enum SocketAddress: Sendable, Equatable, CustomStringConvertible {
    case tcp(port: Int)
    case unix(path: String)

    package var description: String {
        switch self {
        case .tcp(let port): "127.0.0.1:\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }

    var family: Int32 {
        switch self {
        case .tcp: AF_INET
        case .unix: AF_UNIX
        }
    }

    /// Lends the address in the kernel's form; the pointer is good within `body` only.
    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Result) rethrows -> Result {
        switch self {
        case .tcp(let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(clamping: port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            return try unsafe Self.lend(address, body)
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let room = MemoryLayout.size(ofValue: address.sun_path)
            precondition(path.utf8.count < room, "the path of a Unix socket is too long: \(path)")
            // sun_path was zeroed, and the path is shorter than the room by at least one byte: it ends in NUL.
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
            return try unsafe Self.lend(address, body)
        }
    }

    private static func lend<Address, Result>(
        _ address: Address,
        _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Result,
    ) rethrows -> Result {
        // Every kernel address begins as sockaddr does, and the length given is the true size of the whole.
        try unsafe withUnsafePointer(to: address) { pointer in
            try unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try unsafe body($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}

extension SocketAddress {
    /// A listening socket there; the caller closes it. Children inherit it only where it is passed to them.
    package func listen(backlog: Int32) throws -> Int32 {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0, unsafe withSockaddr({ unsafe bind(descriptor, $0, $1) }) == 0,
            Glibc.listen(descriptor, backlog) == 0
        else { throw TestSupportError("cannot listen on \(self), errno \(errno)") }
        return descriptor
    }
}

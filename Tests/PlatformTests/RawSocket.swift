import Glibc
import Testing

@testable import Platform

extension [Int32] {
    /// Closes each of these descriptors.
    func closeAll() {
        for number in self {
            _ = close(number)
        }
    }
}

/// Sockets made without the code under test.
enum RawSocket {
    /// SOCK_STREAM and SOCK_DGRAM of Linux as plain numbers; SOCK_CLOEXEC and SOCK_NONBLOCK are O_CLOEXEC and
    /// O_NONBLOCK there.
    static let stream: Int32 = 1
    static let datagram: Int32 = 2

    /// A Unix socket bound to a path; it listens when `backlog` is given. The caller closes it.
    static func bind(_ path: String, type: Int32 = stream, backlog: Int32? = nil) throws -> Int32 {
        let number = socket(AF_UNIX, type | O_CLOEXEC, 0)
        try #require(number >= 0)
        let address = try UnixSocketAddress(path: path)
        try #require(unsafe address.withSocketAddress { unsafe Glibc.bind(number, $0, $1) } == 0, "errno \(errno)")
        if let backlog { try #require(listen(number, backlog) == 0) }
        return number
    }

    /// Connects to a path; nil when refused. The caller closes it.
    static func connect(_ path: String, blocking: Bool = true) throws -> Int32? {
        let flags = O_CLOEXEC | (blocking ? 0 : O_NONBLOCK)
        let number = socket(AF_UNIX, stream | flags, 0)
        try #require(number >= 0)
        let address = try UnixSocketAddress(path: path)
        if unsafe address.withSocketAddress({ unsafe Glibc.connect(number, $0, $1) }) == 0 { return number }
        _ = close(number)
        return nil
    }

    /// Connects to a TCP address; nil when refused. The caller closes it.
    static func connect(_ address: TCPAddress) throws -> Int32? {
        let number = socket(address.family, stream | O_CLOEXEC, 0)
        try #require(number >= 0)
        if unsafe address.withSocketAddress({ unsafe Glibc.connect(number, $0, $1) }) == 0 { return number }
        _ = close(number)
        return nil
    }

    /// Whether a client gets through to the listener at `path`.
    static func accepts(_ path: String) throws -> Bool {
        guard let client = try connect(path) else { return false }
        _ = close(client)
        return true
    }
}

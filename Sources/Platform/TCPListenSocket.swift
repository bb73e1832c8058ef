import CPlatform
import Glibc

/// Listening TCP sockets, made by hand so that every failure names the address and its cause.
package final class TCPListenSocket {
    /// Where it listens; the port is the real one where 0 was asked for.
    package let address: TCPAddress
    private var socket: Int32?

    /// Binds and listens.
    ///
    /// - Parameters:
    ///   - address: the port may be 0.
    ///   - backlog: connections that may wait for accept(2); the kernel cuts it to net.core.somaxconn.
    ///   - freeBind: whether an address that this machine does not have yet is accepted (IP_FREEBIND).
    package convenience init(
        _ address: TCPAddress,
        backlog: Int32 = 4096,
        freeBind: Bool = false
    ) throws(SocketError) {
        try self.init(address, backlog: backlog, freeBind: freeBind, role: .alone)
    }

    /// Binds `count` sockets to one address, among which the kernel spreads the connections (SO_REUSEPORT): one for
    /// each event loop. The first takes the port for itself alone before the others join it, so that a second
    /// instance of the program is refused as ever; without that, both would share the port unnoticed.
    package static func group(
        _ address: TCPAddress,
        count: Int,
        backlog: Int32 = 4096,
        freeBind: Bool = false
    ) throws(SocketError) -> [TCPListenSocket] {
        let role: Role = count > 1 ? .first : .alone
        let first = try TCPListenSocket(address, backlog: backlog, freeBind: freeBind, role: role)
        var sockets = [first]
        while sockets.count < count {
            // The port of the first: where 0 was asked for, all get the same.
            sockets.append(
                try TCPListenSocket(first.address, backlog: backlog, freeBind: freeBind, role: .follower)
            )
        }
        return sockets
    }

    private enum Role {
        case alone
        case first
        case follower
    }

    private init(_ address: TCPAddress, backlog: Int32, freeBind: Bool, role: Role) throws(SocketError) {
        let type = authd_socket_stream | authd_socket_flags
        let number = Glibc.socket(address.family, type, Int32(IPPROTO_TCP))
        guard number >= 0 else { throw Self.failure(.last, address) }
        let descriptor = FileDescriptor(owning: number)
        // Connections of a former run in TIME_WAIT are no reason to wait; a live listener still is.
        try Self.set(SO_REUSEADDR, SOL_SOCKET, on: descriptor.number, for: address)
        if address.family == AF_INET6 {
            // [::] means IPv6 only, whatever net.ipv6.bindv6only says.
            try Self.set(IPV6_V6ONLY, Int32(IPPROTO_IPV6), on: descriptor.number, for: address)
        }
        if freeBind { try Self.set(Int32(IP_FREEBIND), Int32(IPPROTO_IP), on: descriptor.number, for: address) }
        if role == .follower { try Self.set(SO_REUSEPORT, SOL_SOCKET, on: descriptor.number, for: address) }
        guard unsafe address.withSocketAddress({ unsafe bind(descriptor.number, $0, $1) }) == 0 else {
            throw Self.failure(.last, address)
        }
        if role == .first { try Self.set(SO_REUSEPORT, SOL_SOCKET, on: descriptor.number, for: address) }
        guard listen(descriptor.number, backlog) == 0 else { throw Self.failure(.last, address) }
        self.address = TCPAddress(ofSocket: descriptor.number) ?? address
        socket = descriptor.release()
    }

    deinit {
        if let socket { _ = close(socket) }
    }

    /// The listening socket, non-blocking and close-on-exec; it stays this object's. Nil once it was given away.
    package var fileDescriptor: Int32? { socket }

    /// Gives the listening socket to the caller, who closes it from then on. Nil the second time.
    package func takeDescriptor() -> Int32? {
        defer { socket = nil }
        return socket
    }

    private static func set(
        _ option: Int32,
        _ level: Int32,
        on descriptor: Int32,
        for address: TCPAddress
    ) throws(SocketError) {
        var one: Int32 = 1
        // The pointer lives for the call, and its size is told.
        guard unsafe setsockopt(descriptor, level, option, &one, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw failure(.last, address)
        }
    }

    private static func failure(_ cause: ErrorNumber, _ address: TCPAddress) -> SocketError {
        let (code, detail): (SocketError.Code, String) =
            switch cause.rawValue {
            case EADDRINUSE: (.inUse, "another process listens on \(address)")
            case EADDRNOTAVAIL: (.addressUnavailable, "no interface has \(address.hostText)")
            case EACCES, EPERM: (.permissionDenied, "ports below 1024 need AmbientCapabilities=CAP_NET_BIND_SERVICE")
            case EAFNOSUPPORT: (.familyUnsupported, "this machine has no such protocol, or it is forbidden here")
            case EMFILE, ENFILE: (.noDescriptors, "raise the limit of open files (LimitNOFILE=, ulimit -n)")
            default: (.failed, "the kernel refused")
            }
        return SocketError(code, address: address.description, errorNumber: cause, detail: detail)
    }
}

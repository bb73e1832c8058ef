/// A listening socket that systemd opened before the program started (socket activation).
package struct InheritedSocket: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A Unix stream socket. Its file belongs to systemd: never delete it.
        case unix
        /// A TCP socket, bound there.
        case tcp(TCPAddress)
    }

    /// FileDescriptorName= of the socket unit; `unknown` where the unit gave none (the unit's own name by default).
    package let name: String
    /// Close-on-exec, owned by the receiver. It may be blocking: systemd leaves that to the program.
    package let fileDescriptor: Int32
    package let kind: Kind
}

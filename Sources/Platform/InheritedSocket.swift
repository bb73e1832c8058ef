/// A listening socket that systemd opened before the program started (socket activation).
package struct InheritedSocket: Hashable, Sendable {
    package enum Kind: Hashable, Sendable, CustomStringConvertible {
        /// A Unix stream socket. Its file belongs to systemd: never delete it.
        case unix
        /// A TCP socket, bound there.
        case tcp(TCPAddress)

        package var description: String {
            switch self {
            case .unix: "a Unix socket"
            case .tcp(let address): "TCP \(address)"
            }
        }
    }

    /// FileDescriptorName= of the socket unit; `unknown` where the unit gave none (the unit's own name by default).
    package let name: String
    /// Close-on-exec, owned by the receiver. It may be blocking: systemd leaves that to the program.
    package let fileDescriptor: Int32
    package let kind: Kind

    package init(name: String, fileDescriptor: Int32, kind: Kind) {
        self.name = name
        self.fileDescriptor = fileDescriptor
        self.kind = kind
    }
}

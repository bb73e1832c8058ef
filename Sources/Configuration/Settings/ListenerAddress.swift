/// Where a listener listens.
package enum ListenerAddress: Sendable, Equatable, CustomStringConvertible {
    case unix(UnixSocket)
    case tcp(TCPAddress)
    /// A socket that systemd hands over, by its FileDescriptorName.
    case systemd(String)

    /// A socket file that authd makes.
    package struct UnixSocket: Sendable, Equatable {
        /// Absolute, at most 107 bytes.
        package let path: String
        /// Permission bits, 0 to 0o777.
        package let mode: UInt32
        /// The group that the file is given to; nil: the process's own.
        package let group: AccountName?

        package init(path: String, mode: UInt32 = 0o660, group: AccountName? = nil) {
            self.path = path
            self.mode = mode
            self.group = group
        }
    }

    package var description: String {
        switch self {
        case .unix(let socket): "unix:\(socket.path)"
        case .tcp(let address): "\(address)"
        case .systemd(let name): "systemd:\(name)"
        }
    }
}

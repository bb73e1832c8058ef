/// An address that a listener binds.
package struct TCPAddress: Sendable, Equatable, CustomStringConvertible {
    package enum Host: Sendable, Equatable {
        /// In dotted form.
        case ipv4(String)
        /// Without brackets.
        case ipv6(String)
        /// Whatever loopback addresses the machine has: 127.0.0.1, ::1 or both.
        case localhost
    }

    package let host: Host
    /// 1 to 65535.
    package let port: Int
    /// Whether only this machine can reach it. False for the unspecified addresses 0.0.0.0 and ::.
    package let isLoopback: Bool

    package init(host: Host, port: Int, isLoopback: Bool) {
        self.host = host
        self.port = port
        self.isLoopback = isLoopback
    }

    package var description: String {
        switch host {
        case .ipv4(let address): "\(address):\(port)"
        case .ipv6(let address): "[\(address)]:\(port)"
        case .localhost: "localhost:\(port)"
        }
    }
}

/// Why what systemd passed cannot be used.
package enum InheritedSocketError: Error, Equatable, Sendable, CustomStringConvertible {
    /// LISTEN_PID or LISTEN_FDS is no number.
    case unreadable(ErrorNumber)
    /// A descriptor is no listening stream socket.
    case notListening(name: String)

    package var description: String {
        switch self {
        case .unreadable(let cause): "LISTEN_PID and LISTEN_FDS cannot be read: \(cause)"
        case .notListening(let name):
            "the descriptor with FileDescriptorName=\(name) is no listening stream socket; its unit needs ListenStream= and "
                + "Accept=no"
        }
    }
}

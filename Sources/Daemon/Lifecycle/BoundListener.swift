internal import Configuration
internal import Platform

/// A listening socket before anybody serves it, and the socket file that goes with it.
struct BoundListener {
    let kind: ListenerKind
    /// For messages: `unix:/run/authd/decision.sock`, `tcp:127.0.0.1:9180`, `systemd:decision`.
    let name: String
    let descriptor: Int32
    let isUnix: Bool
    let peers: PeerPolicy
    /// Removes the file of a socket that authd made; nil for every other.
    let file: UnixSocketFile?

    /// Connections that may wait to be accepted; the kernel cuts it to net.core.somaxconn.
    static let backlog: Int32 = 4096
}

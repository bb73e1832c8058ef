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
    /// What connections are encrypted with; nil: nothing.
    var certificate: TLSSettings?
    /// Removes the file of a socket that authd made; nil for every other.
    let file: UnixSocketFile?

    /// Connections that may wait to be accepted; the kernel cuts it to net.core.somaxconn.
    var backlog = Self.ownBacklog

    /// Of a socket that authd made.
    static let ownBacklog: Int32 = 4096
    /// Of a socket from systemd: whatever Backlog= its unit gave it, no less is wanted, and nothing tells what it was.
    static let inheritedBacklog = Int32.max
}

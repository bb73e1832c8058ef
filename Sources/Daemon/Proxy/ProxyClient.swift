internal import HTTPWire
internal import NIOCore

/// What is known of a client by its connection alone.
struct ProxyClient: Sendable {
    let forwarded: ForwardedClient

    /// - Parameters:
    ///   - address: of the peer; it has no meaning for a Unix socket.
    ///   - isTLS: whether the listener speaks TLS.
    init(address: SocketAddress?, isUnix: Bool, isTLS: Bool = false) {
        let text = isUnix ? nil : address?.ipAddress
        forwarded = ForwardedClient(address: Array((text ?? "").utf8), isTLS: isTLS)
    }
}

/// What the upstream is told of the client. The client's own claims are never part of it.
package struct ForwardedClient: Sendable {
    /// The address of the peer as text, for `X-Forwarded-For`; empty when it came over a Unix socket.
    package var address: [UInt8]
    /// Whether the client's connection is TLS.
    package var isTLS: Bool

    package init(address: [UInt8], isTLS: Bool) {
        self.address = address
        self.isTLS = isTLS
    }
}

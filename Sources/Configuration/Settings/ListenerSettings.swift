/// One listener.
package struct ListenerSettings: Sendable, Equatable {
    package let address: ListenerAddress
    /// Who may connect, by SO_PEERCRED; nil: whoever can open the socket. Never empty.
    package let allowedPeers: [AccountName]?
    /// Only at a proxy listener.
    package let tls: TLSSettings?
    package let origin: ConfigurationOrigin

    package init(
        address: ListenerAddress,
        allowedPeers: [AccountName]? = nil,
        tls: TLSSettings? = nil,
        origin: ConfigurationOrigin
    ) {
        self.address = address
        self.allowedPeers = allowedPeers
        self.tls = tls
        self.origin = origin
    }
}

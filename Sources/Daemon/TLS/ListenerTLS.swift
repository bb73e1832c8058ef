internal import NIOConcurrencyHelpers
internal import NIOSSL

/// The TLS of one listener: the control loop changes its certificate, every event loop begins connections with it. Open
/// connections keep the one that they began with.
final class ListenerTLS: Sendable {
    private let current: NIOLockedValueBox<NIOSSLContext>

    init(_ certificate: ListenerCertificate) { current = NIOLockedValueBox(certificate.context) }

    func replace(_ certificate: ListenerCertificate) {
        current.withLockedValue { $0 = certificate.context }
    }

    /// For one connection.
    func handler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: current.withLockedValue { $0 }) }
}

internal import NIOSSL
internal import Synchronization

/// The TLS of one listener: the control loop changes its certificate, every event loop begins connections with it. Open
/// connections keep the one that they began with.
final class ListenerTLS: Sendable {
    private let current: Mutex<NIOSSLContext>

    init(_ certificate: ListenerCertificate) { current = Mutex(certificate.context) }

    func replace(_ certificate: ListenerCertificate) {
        current.withLock { $0 = certificate.context }
    }

    /// For one connection.
    func handler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: current.withLock { $0 }) }
}

internal import NIOCore
internal import NIOSSL

/// Whom an upstream's certificate must come from: the certification authorities of the system, or those of a file. The
/// name in the certificate must be the upstream's (RFC 9525); TLS 1.2 and 1.3. Event loops share it.
package final class UpstreamTrust: Sendable {
    private let context: NIOSSLContext

    /// - Parameter authorities: path of a PEM file; nil: the system's.
    init(authorities: String?) throws(WatchedFileFailure) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        configuration.applicationProtocols = ["http/1.1"]
        if let authorities {
            configuration.trustRoots = .certificates(try ListenerCertificate.certificates(authorities))
        }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            let place = authorities ?? "the system's certification authorities"
            throw WatchedFileFailure(.contentRefused, "cannot use \(place) to verify upstreams")
        }
    }

    /// For one connection.
    /// - Parameter host: a name, which the certificate must have, or an IP address, which it must have then.
    func handler(for host: String) throws -> NIOSSLClientHandler {
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }
}

extension UpstreamTrust: Hashable {
    package static func == (left: UpstreamTrust, right: UpstreamTrust) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

internal import Configuration
internal import JOSE
internal import NIOSSL
internal import Platform

/// A certificate with its chain and key, as what new connections of a listener begin with.
struct ListenerCertificate: Sendable {
    let context: NIOSSLContext
    /// When the certificate ends, in seconds since 1970.
    let notAfter: Int64

    /// The largest key file, in bytes.
    private static let maximumBytes = 1 << 20

    /// Reads both files. TLS 1.2 and 1.3 (RFC 9325 §3.1), HTTP/1.1 only, no client certificates.
    /// - Throws: why they cannot be used, with the path.
    static func load(_ settings: TLSSettings) throws(WatchedFileFailure) -> ListenerCertificate {
        let chain = try certificates(settings.certificate)
        let key = try privateKey(settings.key)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        guard let leaf = chain.first, let context = try? NIOSSLContext(configuration: configuration) else {
            let message = "cannot use \(settings.certificate) with \(settings.key): they do not belong together"
            throw WatchedFileFailure(.contentRefused, message)
        }
        return ListenerCertificate(context: context, notAfter: Int64(leaf.notValidAfter))
    }

    /// The certificates of a PEM file, at least one.
    static func certificates(_ path: String) throws(WatchedFileFailure) -> [NIOSSLCertificate] {
        let found: [NIOSSLCertificate]?
        do throws(FileError) {
            found = try CertificateFile.read(path)
        } catch {
            throw WatchedFileFailure(error)
        }
        guard let certificates = found else {
            throw WatchedFileFailure(.contentRefused, "cannot use \(path): no PEM certificate in it")
        }
        return certificates
    }

    private static func privateKey(_ path: String) throws(WatchedFileFailure) -> NIOSSLPrivateKey {
        var bytes = try secret(path)
        defer { bytes.wipe() }
        guard let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else {
            throw WatchedFileFailure(
                .contentRefused,
                "cannot use \(path): no PEM private key in it that has no passphrase"
            )
        }
        return key
    }

    private static func secret(_ path: String) throws(WatchedFileFailure) -> [UInt8] {
        do throws(FileError) {
            return try SecureFile.read(path, limit: maximumBytes, policy: .secret)
                .withSpan { span in
                    var bytes: [UInt8] = []
                    // No growing, so that no copy of a key stays behind.
                    bytes.reserveCapacity(span.count)
                    for index in 0..<span.count { bytes.append(span[index]) }
                    return bytes
                }
        } catch {
            throw WatchedFileFailure(error)
        }
    }
}

import NIOSSL
import TestSupport

extension CertificateAuthority {
    /// What a server for `names` shows.
    /// - Parameter names: as in `DNS:localhost,IP:127.0.0.1`.
    func server(_ names: String, days: Int = 2) throws -> NIOSSLContext {
        let leaf = try leaf(names, days: days)
        let chain = try NIOSSLCertificate.fromPEMFile(leaf.certificate)
        let key = try NIOSSLPrivateKey(file: leaf.key, format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
        )
    }
}

internal import NIOSSL
internal import Platform

/// A PEM file of certificates: of a listener, or of the authorities that an upstream or a key server is verified by.
enum CertificateFile {
    /// The largest file, in bytes.
    private static let maximumBytes = 1 << 20

    /// - Returns: the certificates in the order of the file, at least one; nil where there is none.
    static func read(_ path: String) throws(FileError) -> [NIOSSLCertificate]? {
        let content = try SecureFile.read(path, limit: maximumBytes, policy: .trusted)
        let bytes = content.withSpan { span in (0..<span.count).map { span[$0] } }
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty else { return nil }
        return certificates
    }
}

internal import COpenSSL

/// What a key file needs to know of an X.509 certificate (RFC 5280).
///
/// A certificate is a wrapping here. Its issuer, its signature and its dates are not looked at: the operator who puts it
/// into the file vouches for its key, as with a key without a certificate, and ends it by taking it out.
struct Certificate {
    /// SubjectPublicKeyInfo in DER.
    let publicKey: [UInt8]
    /// Whether the key usage, where there is one, has digitalSignature (§4.2.1.3).
    let mayVerify: Bool
    private let subject: [UInt8]
    private let issuer: [UInt8]

    /// Reads one in DER.
    init(_ bytes: Span<UInt8>, position: Int) throws(KeyError) {
        defer { ERR_clear_error() }
        let parts = unsafe bytes.withUnsafeBufferPointer { bytes -> Certificate? in
            // Safe: libcrypto reads at most `count` bytes and moves the cursor behind what it read.
            var cursor = bytes.baseAddress
            guard let start = bytes.baseAddress, let certificate = unsafe d2i_X509(nil, &cursor, bytes.count) else {
                return nil
            }
            defer { unsafe X509_free(certificate) }
            guard unsafe cursor == start + bytes.count else { return nil }
            return unsafe Certificate(certificate)
        }
        guard let parts else {
            throw KeyError(.badEncoding, "its certificate cannot be read (RFC 5280)", position: position)
        }
        self = parts
    }

    /// - Parameter certificate: stays the caller's.
    @unsafe private init?(_ certificate: OpaquePointer) {
        // Safe throughout: what X509_get returns belongs to the certificate, which outlives the call.
        let key = unsafe X509_get_X509_PUBKEY(certificate)
        let publicKey = unsafe Self.encode { unsafe i2d_X509_PUBKEY(key, $0) }
        let subject = unsafe Self.encode { unsafe i2d_X509_NAME(X509_get_subject_name(certificate), $0) }
        let issuer = unsafe Self.encode { unsafe i2d_X509_NAME(X509_get_issuer_name(certificate), $0) }
        guard let publicKey, let subject, let issuer else { return nil }
        self.publicKey = publicKey
        self.subject = subject
        self.issuer = issuer
        // All bits are set where the certificate has no key usage.
        mayVerify = unsafe X509_get_key_usage(certificate) & UInt32(KU_DIGITAL_SIGNATURE) != 0
    }

    /// Whether `other` is the certificate of the one that issued this, and not this one itself.
    func isIssued(by other: Certificate) -> Bool { issuer == other.subject && subject != other.subject }

    /// What `write` writes when it is given room, having told how much with nil.
    private static func encode(_ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32) -> [UInt8]? {
        let length = write(nil)
        guard length > 0, length <= PEMScanner.longestBlock else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        let written = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            // Safe: the buffer has the length that libcrypto just asked for.
            var cursor = bytes.baseAddress
            return unsafe write(&cursor)
        }
        return written == length ? bytes : nil
    }
}

internal import COpenSSL

/// RSASSA-PKCS1-v1_5 (RFC 7518 §3.3) and RSASSA-PSS with a salt of the hash's length (§3.5).
@safe
final class RSAVerifier {
    private let key: PublicKey
    private let context: OpaquePointer
    private let digest: MessageDigest

    /// - Returns: nil when libcrypto fails.
    init?(_ key: PublicKey, _ algorithm: SignatureAlgorithm) {
        guard let digest = MessageDigest(algorithm),
            let context = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil)
        else { return nil }
        self.key = key
        self.digest = digest
        unsafe self.context = context
        guard prepare(isPSS: algorithm.isPSS) else { return nil }
    }

    deinit { unsafe EVP_PKEY_CTX_free(context) }

    private func prepare(isPSS: Bool) -> Bool {
        guard unsafe EVP_PKEY_verify_init(context) == 1,
            unsafe EVP_PKEY_CTX_set_rsa_padding(context, isPSS ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) == 1,
            unsafe EVP_PKEY_CTX_set_signature_md(context, digest.type) == 1
        else { return false }
        guard isPSS else { return true }
        return unsafe EVP_PKEY_CTX_set_rsa_mgf1_md(context, digest.type) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1
    }

    /// Whether `signature` is the key's over `message`; only a signature as long as the modulus can be.
    func verify(_ message: Span<UInt8>, _ signature: Span<UInt8>) -> Bool {
        guard signature.count == key.signatureBytes, digest.compute(message) else { return false }
        let isValid = unsafe signature.withUnsafeBufferPointer { signature in
            // Safe: both are read only, within their counts.
            unsafe EVP_PKEY_verify(context, signature.baseAddress, signature.count, digest.digest, digest.count) == 1
        }
        // A bad signature leaves its reasons in the thread's queue.
        if !isValid { ERR_clear_error() }
        return isValid
    }
}

extension SignatureAlgorithm {
    fileprivate var isPSS: Bool { self == .ps256 || self == .ps384 || self == .ps512 }
}

/// One event loop's.
@available(*, unavailable)
extension RSAVerifier: Sendable {}

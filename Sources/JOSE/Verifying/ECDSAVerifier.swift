internal import COpenSSL

/// ECDSA with a raw `r‖s` (RFC 7518 §3.4). libcrypto wants DER, so each signature is rewritten.
@safe
final class ECDSAVerifier {
    private let context: OpaquePointer
    private let digest: MessageDigest
    private let signatureBytes: Int
    /// The signature as DER; kept, so that no request allocates one.
    private var encoded = DERSignature()

    /// - Returns: nil when libcrypto fails.
    init?(_ key: PublicKey, _ algorithm: SignatureAlgorithm) {
        guard let digest = MessageDigest(algorithm),
            let context = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil)
        else { return nil }
        self.digest = digest
        unsafe self.context = context
        signatureBytes = key.signatureBytes
        guard unsafe EVP_PKEY_verify_init(context) == 1,
            unsafe EVP_PKEY_CTX_set_signature_md(context, digest.type) == 1
        else { return nil }
    }

    deinit { unsafe EVP_PKEY_CTX_free(context) }

    /// Whether `signature` is the key's over `message`. `r` and `s` must be above zero here and below the curve's order in
    /// libcrypto (CVE-2022-21449).
    func verify(_ message: Span<UInt8>, _ signature: Span<UInt8>) -> Bool {
        guard signature.count == signatureBytes, encoded.set(raw: signature), digest.compute(message) else {
            return false
        }
        let bytes = encoded.bytes
        let isValid = unsafe bytes.withUnsafeBufferPointer { bytes in
            // Safe: both are read only, within their counts.
            unsafe EVP_PKEY_verify(context, bytes.baseAddress, bytes.count, digest.digest, digest.count) == 1
        }
        // A bad signature leaves its reasons in the thread's queue.
        if !isValid { ERR_clear_error() }
        return isValid
    }
}

/// One event loop's.
@available(*, unavailable)
extension ECDSAVerifier: Sendable {}

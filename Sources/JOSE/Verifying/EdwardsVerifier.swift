internal import COpenSSL

/// Ed25519 and Ed448 (RFC 8032, RFC 8037 §3.1). libcrypto refuses `s` at or above the order and every encoding of `R` but
/// the canonical one; weak keys are refused when they are loaded.
@safe
final class EdwardsVerifier {
    private let key: PublicKey
    private let context: OpaquePointer

    /// - Returns: nil when libcrypto fails.
    init?(_ key: PublicKey) {
        guard let context = unsafe EVP_MD_CTX_new() else { return nil }
        self.key = key
        unsafe self.context = context
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Whether `signature` is the key's over `message`.
    func verify(_ message: Span<UInt8>, _ signature: Span<UInt8>) -> Bool {
        guard signature.count == key.signatureBytes else { return false }
        let isValid = unsafe message.withUnsafeBufferPointer { message in
            unsafe signature.withUnsafeBufferPointer { signature -> Bool in
                // A context serves one message: libcrypto leaves open what a second one without init would be.
                // Safe: both are read only, within their counts.
                guard unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key.pointer) == 1 else { return false }
                return unsafe EVP_DigestVerify(
                    context,
                    signature.baseAddress,
                    signature.count,
                    message.baseAddress,
                    message.count
                ) == 1
            }
        }
        // A bad signature leaves its reasons in the thread's queue.
        if !isValid { ERR_clear_error() }
        return isValid
    }
}

/// One event loop's.
@available(*, unavailable)
extension EdwardsVerifier: Sendable {}

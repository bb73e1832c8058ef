internal import COpenSSL

/// The hash of a message, for signatures over hashes. The state and the digest are allocated once.
@safe
final class MessageDigest {
    private let context: OpaquePointer
    private let hash: OpaquePointer
    /// The last digest; self owns it.
    let digest: UnsafeMutablePointer<UInt8>
    let count: Int

    /// - Returns: nil for an algorithm without a hash, and when libcrypto fails.
    init?(_ algorithm: SignatureAlgorithm) {
        let found: OpaquePointer? =
            switch algorithm.digestBytes {
            case 32: unsafe EVP_sha256()
            case 48: unsafe EVP_sha384()
            case 64: unsafe EVP_sha512()
            default: nil
            }
        guard let hash = unsafe found, let context = unsafe EVP_MD_CTX_new() else { return nil }
        unsafe self.hash = hash
        unsafe self.context = context
        count = algorithm.digestBytes
        unsafe digest = .allocate(capacity: Int(EVP_MAX_MD_SIZE))
        unsafe digest.initialize(repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
        unsafe digest.deallocate()
    }

    /// The hash of `message` into `digest`.
    func compute(_ message: Span<UInt8>) -> Bool {
        unsafe message.withUnsafeBufferPointer { message -> Bool in
            var written: UInt32 = 0
            // Safe: the digest has room for the longest there is.
            return unsafe EVP_DigestInit_ex2(context, hash, nil) == 1
                && EVP_DigestUpdate(context, message.baseAddress, message.count) == 1
                && EVP_DigestFinal_ex(context, digest, &written) == 1 && Int(written) == count
        }
    }

    /// The type as libcrypto's signature functions want it.
    var type: OpaquePointer { unsafe hash }
}

/// One event loop's.
@available(*, unavailable)
extension MessageDigest: Sendable {}

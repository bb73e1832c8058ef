internal import COpenSSL

/// libcrypto's arena for secrets: locked in memory, left out of dumps, between guard pages.
package enum SecureHeap {
    /// Makes the arena; once, before the first key is loaded.
    /// - Parameter bytes: its size, a power of two.
    /// - Returns: whether secrets are now locked; false where the limit on locked memory is too low, and then secrets
    ///   live on the ordinary heap and are still wiped.
    package static func enable(bytes: Int = 1 << 20) -> Bool {
        CRYPTO_secure_malloc_init(bytes, 32) == 1
    }
}

internal import COpenSSL

/// The bytes of a secret: one copy, on libcrypto's secure heap where `SecureHeap.enable` made one (locked, kept out of
/// dumps, between guard pages), wiped when the last owner lets go. Never printed.
@safe
package final class SecretKeyBytes: @unchecked Sendable {
    // @unchecked: the memory is written once, here in init, and only read afterwards.
    private let memory: UnsafeMutableRawPointer
    package let count: Int

    /// Copies `bytes`; nil when there is no memory. The caller wipes its own copy.
    package init?(copying bytes: Span<UInt8>) {
        count = bytes.count
        guard let memory = unsafe CRYPTO_secure_malloc(max(bytes.count, 1), nil, 0) else { return nil }
        unsafe self.memory = memory
        // Safe: `memory` has room for `count` bytes and nobody else knows it yet.
        let target = unsafe UnsafeMutableRawBufferPointer(start: memory, count: bytes.count)
        for index in 0..<bytes.count { unsafe target[index] = bytes[index] }
    }

    deinit {
        unsafe CRYPTO_secure_clear_free(memory, max(count, 1), nil, 0)
    }

    /// Lends the bytes for the duration of `body`, which must not keep them.
    package func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        // Safe: `memory` lives as long as self, holds `count` initialised bytes and is never written after init.
        let bytes = unsafe UnsafeRawBufferPointer(start: memory, count: count)
        return unsafe body(Span<UInt8>(_unsafeBytes: bytes))
    }

    /// Constant-time equality of contents; the lengths are not secret.
    package func hasSameBytes(as other: SecretKeyBytes) -> Bool {
        guard count == other.count else { return false }
        return unsafe CRYPTO_memcmp(memory, other.memory, count) == 0
    }
}

extension SecretKeyBytes: CustomReflectable, CustomStringConvertible {
    package var description: String { "\(count) secret bytes" }
    /// A mirror would show the address; `dump` prints mirrors.
    package var customMirror: Mirror { Mirror(self, children: ["count": count]) }
}

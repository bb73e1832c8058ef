internal import COpenSSL

/// One reference to a key of libcrypto's, let go with the last owner. Complete before anybody else sees it and only read
/// afterwards.
@safe
final class KeyHandle: @unchecked Sendable {
    // @unchecked: libcrypto counts references itself and caches what it derives from a key under its own lock.
    let pointer: OpaquePointer

    /// - Parameter pointer: one reference to an `EVP_PKEY`, taken over; nil, as libcrypto returns for a failure, is none.
    init?(taking pointer: OpaquePointer?) {
        guard let pointer = unsafe pointer else { return nil }
        unsafe self.pointer = pointer
    }

    deinit { unsafe EVP_PKEY_free(pointer) }

    /// The key that `bytes` are the SubjectPublicKeyInfo of; nil where libcrypto cannot read it or bytes are left.
    static func publicKey(_ bytes: Span<UInt8>) -> KeyHandle? {
        unsafe bytes.withUnsafeBufferPointer { bytes -> KeyHandle? in
            // Safe: libcrypto reads at most `count` bytes and moves the cursor behind what it read.
            var cursor = bytes.baseAddress
            let handle = unsafe KeyHandle(taking: d2i_PUBKEY(nil, &cursor, bytes.count))
            guard let start = bytes.baseAddress, unsafe cursor == start + bytes.count else { return nil }
            return handle
        }
    }

    /// The SubjectPublicKeyInfo of the key, as libcrypto writes it; nil where it cannot.
    func encodePublicKey() -> [UInt8]? {
        let length = unsafe i2d_PUBKEY(pointer, nil)
        guard length > 0, length <= 16_384 else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        let written = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            // Safe: the buffer has the length that libcrypto just asked for.
            var cursor = bytes.baseAddress
            return unsafe i2d_PUBKEY(pointer, &cursor)
        }
        return written == length ? bytes : nil
    }

    /// The name of libcrypto's for the curve of an EC key.
    var groupName: String? {
        var name = [CChar](repeating: 0, count: 64)
        // Safe: libcrypto writes at most the count that it is given, with a NUL at the end.
        guard unsafe EVP_PKEY_get_group_name(pointer, &name, name.count, nil) == 1 else { return nil }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A number among the key's parameters.
    func number(_ name: String) -> BigNumber? {
        var number: OpaquePointer?
        guard unsafe EVP_PKEY_get_bn_param(pointer, name, &number) == 1 else { return nil }
        return unsafe BigNumber(taking: number)
    }

    /// Whether libcrypto finds the public part sound: an EC point on its curve, an RSA modulus without small factors that
    /// is neither prime nor the power of one (NIST SP 800-56B §6.4.2).
    var isPublicPartSound: Bool {
        guard let context = unsafe EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else { return false }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        return unsafe EVP_PKEY_public_check(context) == 1
    }

    /// Whether the private part is in its range and belongs to the public part.
    var isPairSound: Bool {
        guard let context = unsafe EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else { return false }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        return unsafe EVP_PKEY_check(context) == 1
    }
}

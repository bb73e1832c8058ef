import COpenSSL
import JOSE

/// A fresh private key, as libcrypto makes it. Never freed: the program ends soon.
@safe
final class KeyPair {
    private let key: OpaquePointer

    init?(rsaBits: Int32) {
        guard let context = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil), unsafe EVP_PKEY_keygen_init(context) == 1,
            unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, rsaBits) == 1, let key = unsafe Self.generate(context)
        else { return nil }
        unsafe self.key = key
    }

    init?(curve: String) {
        guard let context = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil), unsafe EVP_PKEY_keygen_init(context) == 1,
            unsafe EVP_PKEY_CTX_set_group_name(context, curve) == 1, let key = unsafe Self.generate(context)
        else { return nil }
        unsafe self.key = key
    }

    init?(_ type: Int32) {
        guard let context = unsafe EVP_PKEY_CTX_new_id(type, nil), unsafe EVP_PKEY_keygen_init(context) == 1,
            let key = unsafe Self.generate(context)
        else { return nil }
        unsafe self.key = key
    }

    private static func generate(_ context: OpaquePointer) -> OpaquePointer? {
        var key: OpaquePointer?
        guard unsafe EVP_PKEY_generate(context, &key) == 1 else { return nil }
        return unsafe key
    }

    func publicKey() throws -> PublicKey {
        var bytes = [UInt8](repeating: 0, count: Int(unsafe i2d_PUBKEY(key, nil)))
        _ = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            // Safe: the buffer has the length that libcrypto just asked for.
            var cursor = bytes.baseAddress
            return unsafe i2d_PUBKEY(key, &cursor)
        }
        return try PublicKey(encoded: bytes.span)
    }

    func sign(_ message: [UInt8], isHashed: Bool) -> [UInt8]? {
        var signature = [UInt8](repeating: 0, count: 1024)
        var count = signature.count
        let context = unsafe EVP_MD_CTX_new()
        guard unsafe EVP_DigestSignInit(context, nil, isHashed ? EVP_sha256() : nil, nil, key) == 1,
            unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1
        else { return nil }
        signature.removeLast(signature.count - count)
        return signature
    }

    /// `r‖s` of a DER signature on P-256.
    func raw(_ encoded: [UInt8]) -> [UInt8] {
        var position = 2
        var raw: [UInt8] = []
        for _ in 0..<2 {
            let length = Int(encoded[position + 1])
            let number = encoded[(position + 2)..<(position + 2 + length)].drop { $0 == 0 }
            raw += [UInt8](repeating: 0, count: 32 - number.count) + number
            position += 2 + length
        }
        return raw
    }

    /// As a program in C would do it: one context, prepared for each message.
    func verify(_ signature: [UInt8], _ message: [UInt8], isHashed: Bool, times: Int) {
        let context = unsafe EVP_MD_CTX_new()
        for _ in 0..<times {
            let isValid =
                unsafe EVP_DigestVerifyInit(context, nil, isHashed ? EVP_sha256() : nil, nil, key) == 1
                && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
            precondition(isValid, "a signature of our own does not verify")
        }
        unsafe EVP_MD_CTX_free(context)
    }
}

internal import COpenSSL
import JOSE

/// A private key of libcrypto, which makes the tokens' signatures. Who judges them is somebody else.
@safe
final class SigningKey {
    enum Kind {
        case rsa(bits: Int32)
        case p256, p384, p521
        case ed25519, ed448
    }

    struct Failure: Error { let call: String }

    let kind: Kind
    private let key: OpaquePointer

    init(_ kind: Kind) throws {
        let name =
            switch kind {
            case .rsa: "RSA"
            case .p256, .p384, .p521: "EC"
            case .ed25519: "ED25519"
            case .ed448: "ED448"
            }
        guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, name, nil) else {
            throw Failure(call: "new_from_name")
        }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        guard unsafe EVP_PKEY_keygen_init(context) == 1 else { throw Failure(call: "keygen_init") }
        let isSet =
            switch kind {
            case .rsa(let bits): unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits) == 1
            case .p256: unsafe EVP_PKEY_CTX_set_group_name(context, "P-256") == 1
            case .p384: unsafe EVP_PKEY_CTX_set_group_name(context, "P-384") == 1
            case .p521: unsafe EVP_PKEY_CTX_set_group_name(context, "P-521") == 1
            case .ed25519, .ed448: true
            }
        var made: OpaquePointer?
        guard isSet, unsafe EVP_PKEY_generate(context, &made) == 1, let key = unsafe made else {
            throw Failure(call: "generate")
        }
        self.kind = kind
        unsafe self.key = key
    }

    deinit { unsafe EVP_PKEY_free(key) }

    /// SubjectPublicKeyInfo in DER.
    var publicDER: [UInt8] {
        let count = unsafe Int(i2d_PUBKEY(key, nil))
        var bytes = [UInt8](repeating: 0, count: max(count, 0))
        unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            // Safe: the buffer has the length that libcrypto asked for.
            var cursor = bytes.baseAddress
            _ = unsafe i2d_PUBKEY(key, &cursor)
        }
        return bytes
    }

    /// A signature as libcrypto writes it: DER for ECDSA.
    /// - Parameters:
    ///   - digestBytes: which SHA-2; not looked at for EdDSA.
    ///   - saltBytes: PSS with a salt of that length; nil: PKCS #1 v1.5.
    func sign(_ message: [UInt8], digestBytes: Int, saltBytes: Int? = nil) throws -> [UInt8] {
        guard let context = unsafe EVP_MD_CTX_new() else { throw Failure(call: "MD_CTX_new") }
        defer { unsafe EVP_MD_CTX_free(context) }
        // Borrowed from the context.
        var keyContext: OpaquePointer?
        guard unsafe EVP_DigestSignInit(context, &keyContext, hash(digestBytes), nil, key) == 1 else {
            throw Failure(call: "DigestSignInit")
        }
        if let saltBytes, let keyContext = unsafe keyContext {
            guard unsafe EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) == 1,
                unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, Int32(saltBytes)) == 1
            else { throw Failure(call: "pss") }
        }
        var count = 0
        guard unsafe EVP_DigestSign(context, nil, &count, message, message.count) == 1 else {
            throw Failure(call: "DigestSign")
        }
        var signature = [UInt8](repeating: 0, count: count)
        // Safe: libcrypto writes at most the count that it has just asked for, and tells how much it wrote.
        guard unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else {
            throw Failure(call: "DigestSign")
        }
        return Array(signature.prefix(count))
    }

    private func hash(_ digestBytes: Int) -> OpaquePointer? {
        switch kind {
        case .ed25519, .ed448: return nil
        case .rsa, .p256, .p384, .p521: break
        }
        return switch digestBytes {
        case 32: unsafe EVP_sha256()
        case 48: unsafe EVP_sha384()
        default: unsafe EVP_sha512()
        }
    }
}

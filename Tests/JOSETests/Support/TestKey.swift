import COpenSSL
import Foundation
import JOSE

/// A fresh key pair of libcrypto's that signs in every way that a token can be signed, and in some that it must not be.
@safe
final class TestKey {
    enum Kind: CaseIterable {
        case rsa2048, p256, p384, p521, ed25519, ed448
    }

    let kind: Kind
    private let key: OpaquePointer

    init(_ kind: Kind, rsaBits: Int32 = 2048) throws {
        self.kind = kind
        let type: Int32 =
            switch kind {
            case .rsa2048: EVP_PKEY_RSA
            case .p256, .p384, .p521: EVP_PKEY_EC
            case .ed25519: EVP_PKEY_ED25519
            case .ed448: EVP_PKEY_ED448
            }
        let context = unsafe EVP_PKEY_CTX_new_id(type, nil)
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var made: OpaquePointer?
        let isReady = unsafe EVP_PKEY_keygen_init(context) == 1
        switch kind {
        case .rsa2048: unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, rsaBits)
        case .p256: unsafe EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1)
        case .p384: unsafe EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_secp384r1)
        case .p521: unsafe EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_secp521r1)
        case .ed25519, .ed448: break
        }
        guard isReady, unsafe EVP_PKEY_generate(context, &made) == 1, let key = unsafe made else {
            throw TestKeyError.failed
        }
        unsafe self.key = key
    }

    deinit { unsafe EVP_PKEY_free(key) }

    enum TestKeyError: Error { case failed }

    /// One of each kind, made once: making an RSA key takes a while.
    nonisolated(unsafe) private static let made: [Kind: TestKey] = {
        var keys: [Kind: TestKey] = [:]
        for kind in Kind.allCases { keys[kind] = try? TestKey(kind) }
        return keys
    }()

    static func shared(_ kind: Kind) throws -> TestKey {
        guard let key = unsafe made[kind] else { throw TestKeyError.failed }
        return key
    }

    /// A key that can serve `algorithm`.
    static func shared(for algorithm: SignatureAlgorithm) throws -> TestKey {
        switch algorithm {
        case .hs256, .hs384, .hs512: throw TestKeyError.failed
        case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: try shared(.rsa2048)
        case .es256: try shared(.p256)
        case .es384: try shared(.p384)
        case .es512: try shared(.p521)
        case .edDSA, .ed25519: try shared(.ed25519)
        case .ed448: try shared(.ed448)
        }
    }

    /// SubjectPublicKeyInfo in DER.
    var encoded: [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        let count = unsafe i2d_PUBKEY(key, &start)
        defer { unsafe CRYPTO_free(start, nil, 0) }
        return unsafe Array(UnsafeBufferPointer(start: start, count: max(0, Int(count))))
    }

    /// PKCS #8 in DER.
    var encodedPrivateKey: [UInt8] {
        let info = unsafe EVP_PKEY2PKCS8(key)
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(info) }
        var start: UnsafeMutablePointer<UInt8>?
        let count = unsafe i2d_PKCS8_PRIV_KEY_INFO(info, &start)
        defer { unsafe CRYPTO_free(start, nil, 0) }
        return unsafe Array(UnsafeBufferPointer(start: start, count: max(0, Int(count))))
    }

    /// A number of the key: "n", "e" or "priv".
    func number(_ name: String) -> [UInt8] {
        var number: OpaquePointer?
        guard unsafe EVP_PKEY_get_bn_param(key, name, &number) == 1 else { return [] }
        defer { unsafe BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: unsafe Int(BN_num_bits(number) + 7) / 8)
        unsafe BN_bn2bin(number, &bytes)
        return bytes
    }

    /// The members of the public JWK.
    var jwk: [String: String] {
        func text(_ bytes: some Sequence<UInt8>) -> String { GoodSecret.base64url(Array(bytes)) }
        func point(_ curve: String, _ count: Int) -> [String: String] {
            let point = encoded.suffix(2 * count)
            return ["kty": "EC", "crv": curve, "x": text(point.prefix(count)), "y": text(point.suffix(count))]
        }
        return switch kind {
        case .rsa2048: ["kty": "RSA", "n": text(number("n")), "e": text(number("e"))]
        case .p256: point("P-256", 32)
        case .p384: point("P-384", 48)
        case .p521: point("P-521", 66)
        case .ed25519: ["kty": "OKP", "crv": "Ed25519", "x": text(encoded.suffix(32))]
        case .ed448: ["kty": "OKP", "crv": "Ed448", "x": text(encoded.suffix(57))]
        }
    }

    /// How an RSA signature is padded.
    enum Padding {
        case pkcs1
        /// The salt's bytes, and the hash of the mask where it is not the signature's own.
        case pss(salt: Int32, mask: Int32 = 0)
    }

    func sign(_ algorithm: SignatureAlgorithm, _ message: [UInt8]) throws -> [UInt8] {
        switch algorithm {
        case .ps256, .ps384, .ps512:
            try sign(message, hash: algorithm.digestBytes, .pss(salt: Int32(algorithm.digestBytes)))
        default: try sign(message, hash: algorithm.digestBytes, .pkcs1)
        }
    }

    /// - Parameter hash: the hash's bytes; 20: SHA-1, 0: none.
    func sign(_ message: [UInt8], hash: Int, _ padding: Padding) throws -> [UInt8] {
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        var keyContext: OpaquePointer?
        guard unsafe EVP_DigestSignInit(context, &keyContext, Self.hash(hash), nil, key) == 1 else {
            throw TestKeyError.failed
        }
        if case .pss(let salt, let mask) = padding {
            unsafe EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING)
            unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, salt)
            if mask > 0 { unsafe EVP_PKEY_CTX_set_rsa_mgf1_md(keyContext, Self.hash(Int(mask))) }
        }
        var signature = [UInt8](repeating: 0, count: 1200)
        var count = signature.count
        guard unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else {
            throw TestKeyError.failed
        }
        signature.removeLast(signature.count - count)
        switch kind {
        case .p256: return try Self.raw(signature, 32)
        case .p384: return try Self.raw(signature, 48)
        case .p521: return try Self.raw(signature, 66)
        case .rsa2048, .ed25519, .ed448: return signature
        }
    }

    private static func hash(_ bytes: Int) -> OpaquePointer? {
        switch bytes {
        case 20: unsafe EVP_sha1()
        case 32: unsafe EVP_sha256()
        case 48: unsafe EVP_sha384()
        case 64: unsafe EVP_sha512()
        default: nil
        }
    }

    /// `r‖s` of a DER signature.
    private static func raw(_ encoded: [UInt8], _ half: Int) throws -> [UInt8] {
        var numbers: [[UInt8]] = []
        var position = encoded[1] >= 0x80 ? 3 : 2
        while position + 1 < encoded.count {
            let start = position + 2
            let end = start + Int(encoded[position + 1])
            let number = encoded[start..<end].drop { $0 == 0 }
            numbers.append([UInt8](repeating: 0, count: half - number.count) + number)
            position = end
        }
        guard numbers.count == 2 else { throw TestKeyError.failed }
        return numbers[0] + numbers[1]
    }
}

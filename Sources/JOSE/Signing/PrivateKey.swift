internal import COpenSSL

/// The key that authd signs its own word with: P-256 (ES256) or Ed25519 (EdDSA) and nothing else. Immutable; event loops
/// share it. Its private part stays in libcrypto's memory, which is wiped when the last owner lets go, and is never
/// printed.
package final class PrivateKey: Sendable {
    package let publicKey: PublicKey
    /// ES256 or EdDSA.
    package let algorithm: SignatureAlgorithm
    /// The key's name in tokens and in the key set: its thumbprint (RFC 7638).
    package let keyID: String
    /// The public part as a JWK (RFC 7517) in JSON, with `kid`, `alg` and `use`, to be put into a JWKS.
    package let publicJWK: String
    private let handle: KeyHandle

    /// Reads a PEM file with one private key, as PKCS #8 (`PRIVATE KEY`) or SEC 1 (`EC PRIVATE KEY`), not encrypted, or a
    /// private JWK (RFC 7518 §6.2.2, RFC 8037 §2).
    ///
    /// Refused are other types and curves, more than one key, and a private part that does not belong to the public one
    /// beside it.
    /// - Parameter bytes: the whole file. Not kept.
    package convenience init(_ bytes: Span<UInt8>) throws(KeyError) {
        defer { ERR_clear_error() }
        try self.init(try PrivateKeyReader.read(bytes))
    }

    private init(_ handle: KeyHandle) throws(KeyError) {
        guard let encoded = handle.encodePublicKey() else {
            throw KeyError(.badEncoding, "the private key cannot be read")
        }
        publicKey = try PublicKey(encoded: encoded.span)
        switch publicKey.kind {
        case .p256: algorithm = .es256
        case .ed25519: algorithm = .edDSA
        case .rsa, .p384, .p521, .ed448:
            throw KeyError(.unsupportedKeyType, "a private key that is neither on P-256 nor on Ed25519")
        }
        // libcrypto derives an Ed25519 public key itself.
        guard publicKey.kind == .ed25519 || handle.isPairSound else {
            throw KeyError(.contradiction, "its private part does not belong to its public part")
        }
        guard let name = JWKText.thumbprint(publicKey),
            let text = JWKText.text(publicKey, keyID: name, algorithm: algorithm)
        else {
            throw KeyError(.unsupportedKeyType, "a private key that has no JWK")
        }
        keyID = name
        publicJWK = text
        self.handle = handle
    }

    /// The signature over `message` in the form that a JWS takes: `r‖s` for ES256 (RFC 7518 §3.4), 64 bytes for both.
    /// Any thread may sign. It allocates; a signature takes some ten microseconds anyhow.
    /// - Returns: nil when libcrypto fails.
    package func sign(_ message: Span<UInt8>) -> [UInt8]? {
        guard let context = unsafe EVP_MD_CTX_new() else { return nil }
        defer { unsafe EVP_MD_CTX_free(context) }
        // A DER signature of P-256 takes 72 bytes at most, a raw one of Ed25519 takes 64.
        var signature = [UInt8](repeating: 0, count: 80)
        var count = signature.count
        let hash = algorithm == .es256 ? unsafe EVP_sha256() : nil
        let isSigned = unsafe message.withUnsafeBufferPointer { message -> Bool in
            // Safe: libcrypto writes at most `count` bytes and says how many.
            guard unsafe EVP_DigestSignInit(context, nil, hash, nil, handle.pointer) == 1 else { return false }
            return unsafe EVP_DigestSign(context, &signature, &count, message.baseAddress, message.count) == 1
        }
        guard isSigned, count <= signature.count else {
            ERR_clear_error()
            return nil
        }
        signature.removeLast(signature.count - count)
        return algorithm == .es256 ? Self.raw(signature) : signature
    }

    /// `r‖s` from what libcrypto writes as DER.
    private static func raw(_ encoded: [UInt8]) -> [UInt8]? {
        let half = 32
        return unsafe encoded.withUnsafeBufferPointer { bytes -> [UInt8]? in
            // Safe: libcrypto reads at most `count` bytes.
            var cursor = bytes.baseAddress
            guard let signature = unsafe d2i_ECDSA_SIG(nil, &cursor, bytes.count) else { return nil }
            defer { unsafe ECDSA_SIG_free(signature) }
            var raw = [UInt8](repeating: 0, count: 2 * half)
            let isWritten = unsafe raw.withUnsafeMutableBufferPointer { raw -> Bool in
                guard let start = raw.baseAddress else { return false }
                // Safe: each number gets its half of the buffer, and is refused where it does not fit.
                return unsafe BN_bn2binpad(ECDSA_SIG_get0_r(signature), start, Int32(half)) == half
                    && BN_bn2binpad(ECDSA_SIG_get0_s(signature), start + half, Int32(half)) == half
            }
            return isWritten ? raw : nil
        }
    }
}

extension PrivateKey: CustomReflectable, CustomStringConvertible {
    package var description: String { "a private key for \(algorithm.rawValue)" }
    /// A mirror would show addresses; `dump` prints mirrors.
    package var customMirror: Mirror { Mirror(self, children: ["keyID": keyID]) }
}

import Crypto
import CryptoExtras
import Foundation
import JOSE

/// A key that tokens of the differential test are signed with, and its public form for everybody who verifies.
final class AgreementKey {
    /// What swift-crypto verifies with.
    enum Verifying {
        case secret(SymmetricKey)
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case p384(P384.Signing.PublicKey)
        case p521(P521.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
        /// swift-crypto has no Ed448.
        case unknown
    }

    let keyID: String?
    /// The algorithms that it may make signatures with.
    let algorithms: [SignatureAlgorithm]
    let verifying: Verifying
    /// The members of the JWK that the product and the Python libraries load; the secret itself for `oct`.
    let jwk: [String: String]
    private let secret: SymmetricKey?
    private let pair: SigningKey?

    /// A secret of HMAC.
    init(secret bytes: [UInt8], _ algorithms: [SignatureAlgorithm], keyID: String? = nil) {
        let key = SymmetricKey(data: bytes)
        (self.keyID, self.algorithms) = (keyID, algorithms)
        verifying = .secret(key)
        jwk = Self.members(["kty": "oct", "k": Base64.url(bytes)], keyID, nil)
        secret = key
        pair = nil
    }

    /// A fresh pair.
    /// - Parameter bound: whether the JWK names the only algorithm.
    init(_ kind: SigningKey.Kind, _ algorithms: [SignatureAlgorithm], keyID: String? = nil, bound: Bool = false) throws
    {
        let pair = try SigningKey(kind)
        let der = pair.publicDER
        (self.keyID, self.algorithms) = (keyID, algorithms)
        (secret, self.pair) = (nil, pair)
        let members: [String: String]
        switch kind {
        case .rsa:
            let key = try _RSA.Signing.PublicKey(derRepresentation: der)
            let numbers = try key.getKeyPrimitives()
            verifying = .rsa(key)
            members = [
                "kty": "RSA", "n": Base64.url(Array(numbers.modulus)), "e": Base64.url(Array(numbers.publicExponent)),
            ]
        case .p256:
            verifying = .p256(try P256.Signing.PublicKey(derRepresentation: der))
            members = Self.point("P-256", der.suffix(64))
        case .p384:
            verifying = .p384(try P384.Signing.PublicKey(derRepresentation: der))
            members = Self.point("P-384", der.suffix(96))
        case .p521:
            verifying = .p521(try P521.Signing.PublicKey(derRepresentation: der))
            members = Self.point("P-521", der.suffix(132))
        case .ed25519:
            verifying = .ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: der.suffix(32)))
            members = ["kty": "OKP", "crv": "Ed25519", "x": Base64.url(Array(der.suffix(32)))]
        case .ed448:
            verifying = .unknown
            members = ["kty": "OKP", "crv": "Ed448", "x": Base64.url(Array(der.suffix(57)))]
        }
        jwk = Self.members(members, keyID, bound ? algorithms.first : nil)
    }

    private static func point(_ curve: String, _ bytes: ArraySlice<UInt8>) -> [String: String] {
        let half = bytes.count / 2
        return [
            "kty": "EC", "crv": curve, "x": Base64.url(Array(bytes.prefix(half))),
            "y": Base64.url(Array(bytes.suffix(half))),
        ]
    }

    private static func members(
        _ members: [String: String],
        _ keyID: String?,
        _ algorithm: SignatureAlgorithm?
    ) -> [String: String] {
        var members = members
        members["kid"] = keyID
        members["alg"] = algorithm?.rawValue
        return members
    }

    /// The public key in DER; empty for a secret.
    var publicDER: [UInt8] { pair?.publicDER ?? [] }

    /// A signature in the form of RFC 7518, by whatever algorithm of the key's own family.
    func sign(_ message: [UInt8], _ algorithm: SignatureAlgorithm) throws -> [UInt8] {
        if let secret { return Self.mac(message, secret, algorithm) }
        guard let pair else { return [] }
        switch algorithm {
        case .ps256, .ps384, .ps512:
            return try pair.sign(message, digestBytes: algorithm.digestBytes, saltBytes: algorithm.digestBytes)
        default: break
        }
        let signature = try pair.sign(message, digestBytes: algorithm.digestBytes)
        return switch verifying {
        case .p256: Array(try P256.Signing.ECDSASignature(derRepresentation: signature).rawRepresentation)
        case .p384: Array(try P384.Signing.ECDSASignature(derRepresentation: signature).rawRepresentation)
        case .p521: Array(try P521.Signing.ECDSASignature(derRepresentation: signature).rawRepresentation)
        case .secret, .rsa, .ed25519, .unknown: signature
        }
    }

    /// ECDSA in DER, or PSS with a salt of another length: right, and in the wrong form.
    func signInOtherForm(_ message: [UInt8], _ algorithm: SignatureAlgorithm, saltBytes: Int) throws -> [UInt8] {
        guard let pair else { return [] }
        let isRSA = algorithm.family == .rsa
        return try pair.sign(message, digestBytes: algorithm.digestBytes, saltBytes: isRSA ? saltBytes : nil)
    }

    static func mac(_ message: [UInt8], _ key: SymmetricKey, _ algorithm: SignatureAlgorithm) -> [UInt8] {
        switch algorithm.digestBytes {
        case 32: Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
        case 48: Array(HMAC<SHA384>.authenticationCode(for: message, using: key))
        default: Array(HMAC<SHA512>.authenticationCode(for: message, using: key))
        }
    }
}

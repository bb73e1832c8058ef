import Crypto
import CryptoExtras
import Foundation
import JOSE

/// A verifier of its own: swift-crypto for signatures, Foundation for JSON and base64, RFC 7515 and 7519 for the rest. It
/// shares no line with the product, and is no stricter than the standards ask.
struct CryptoVerifier {
    private let issuers: [String: AgreementIssuer]

    init(_ world: AgreementWorld) {
        issuers = Dictionary(uniqueKeysWithValues: world.issuers.map { ($0.issuer, $0) })
    }

    func judge(_ token: GeneratedToken) -> Verdict {
        let parts = token.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let headerBytes = Base64.decode(parts[0]), let claimsBytes = Base64.decode(parts[1]),
            let signature = Base64.decode(parts[2]), let header = object(headerBytes), let claims = object(claimsBytes),
            let issuer = (claims["iss"] as? String).flatMap({ issuers[$0] })
        else { return .deny }
        guard let name = header["alg"] as? String, let algorithm = SignatureAlgorithm(rawValue: name),
            issuer.algorithms.contains(algorithm), header["crit"] == nil, header["b64"] == nil,
            hasType(header, issuer)
        else { return .deny }
        guard areAccepted(claims, issuer, token.now) else { return .deny }
        let input = Data(parts[0] + [UInt8(ascii: ".")] + parts[1])
        return judge(signature, input, algorithm, header, issuer)
    }

    private func object(_ data: Data) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
    }

    /// RFC 7515 §4.1.9.
    private func hasType(_ header: [String: Any], _ issuer: AgreementIssuer) -> Bool {
        guard !issuer.types.isEmpty else { return true }
        guard let type = (header["typ"] as? String)?.lowercased() else { return false }
        return issuer.types.contains { type == $0 || type == "application/\($0)" }
    }

    private func judge(
        _ signature: Data,
        _ input: Data,
        _ algorithm: SignatureAlgorithm,
        _ header: [String: Any],
        _ issuer: AgreementIssuer
    ) -> Verdict {
        var keys = issuer.keys
        if let value = header["kid"] {
            guard let keyID = value as? String else { return .deny }
            keys = keys.filter { $0.keyID == nil || $0.keyID == keyID }
        }
        keys = keys.filter { $0.algorithms.contains(algorithm) }
        if keys.contains(where: { if case .unknown = $0.verifying { true } else { false } }) { return .unable }
        return keys.contains { verifies($0, signature, input, algorithm) } ? .allow : .deny
    }

    private func verifies(
        _ key: AgreementKey,
        _ signature: Data,
        _ input: Data,
        _ algorithm: SignatureAlgorithm
    ) -> Bool {
        switch key.verifying {
        case .secret(let secret):
            switch algorithm {
            case .hs256: HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: input, using: secret)
            case .hs384: HMAC<SHA384>.isValidAuthenticationCode(signature, authenticating: input, using: secret)
            case .hs512: HMAC<SHA512>.isValidAuthenticationCode(signature, authenticating: input, using: secret)
            default: false
            }
        case .rsa(let key): verifies(key, signature, input, algorithm)
        case .p256(let key):
            (try? P256.Signing.ECDSASignature(rawRepresentation: signature)).map {
                key.isValidSignature($0, for: input)
            } ?? false
        case .p384(let key):
            (try? P384.Signing.ECDSASignature(rawRepresentation: signature)).map {
                key.isValidSignature($0, for: input)
            } ?? false
        case .p521(let key):
            (try? P521.Signing.ECDSASignature(rawRepresentation: signature)).map {
                key.isValidSignature($0, for: input)
            } ?? false
        case .ed25519(let key): key.isValidSignature(signature, for: input)
        case .unknown: false
        }
    }

    private func verifies(
        _ key: _RSA.Signing.PublicKey,
        _ signature: Data,
        _ input: Data,
        _ algorithm: SignatureAlgorithm
    ) -> Bool {
        let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
        return switch algorithm {
        case .rs256: key.isValidSignature(signature, for: SHA256.hash(data: input), padding: .insecurePKCS1v1_5)
        case .rs384: key.isValidSignature(signature, for: SHA384.hash(data: input), padding: .insecurePKCS1v1_5)
        case .rs512: key.isValidSignature(signature, for: SHA512.hash(data: input), padding: .insecurePKCS1v1_5)
        case .ps256: key.isValidSignature(signature, for: SHA256.hash(data: input), padding: .PSS)
        case .ps384: key.isValidSignature(signature, for: SHA384.hash(data: input), padding: .PSS)
        case .ps512: key.isValidSignature(signature, for: SHA512.hash(data: input), padding: .PSS)
        default: false
        }
    }

    /// RFC 7519 §4.1, and what the issuer's settings ask for.
    private func areAccepted(_ claims: [String: Any], _ issuer: AgreementIssuer, _ now: Double) -> Bool {
        for name in ["sub", "jti"] where claims[name] != nil && !(claims[name] is String) { return false }
        for name in issuer.required where claims[name] == nil || claims[name] is NSNull { return false }
        return areAudiences(claims["aud"], issuer) && areTimes(claims, issuer, now)
    }

    private func areAudiences(_ value: Any?, _ issuer: AgreementIssuer) -> Bool {
        guard let value else { return issuer.audiences.isEmpty }
        guard let audiences = (value as? String).map({ [$0] }) ?? value as? [String] else { return false }
        return issuer.audiences.isEmpty || audiences.contains { issuer.audiences.contains($0) }
    }

    private func areTimes(_ claims: [String: Any], _ issuer: AgreementIssuer, _ now: Double) -> Bool {
        var times: [String: Double] = [:]
        for name in ["exp", "nbf", "iat"] {
            guard let value = claims[name] else { continue }
            guard let number = value as? NSNumber, !isBool(number) else { return false }
            times[name] = number.doubleValue
        }
        if let expiry = times["exp"], now >= expiry + issuer.leeway { return false }
        if let start = times["nbf"], now < start - issuer.leeway { return false }
        if let issued = times["iat"], now < issued - issuer.leeway { return false }
        guard let longest = issuer.maximumLifetime, let expiry = times["exp"] else { return true }
        return expiry - (times["iat"] ?? now) <= longest
    }

    /// Foundation keeps a truth value as the number that has the type of a C character.
    private func isBool(_ number: NSNumber) -> Bool { unsafe String(cString: number.objCType) == "c" }
}

internal import StrictJSON

/// Makes compact JWS (RFC 7515 §7.1): with a secret for `authd token mint`, the invoker and tests, with a private key for
/// what authd itself asserts.
package enum JWSSigner {
    /// Signs `claims`, a JSON object, with an HMAC secret.
    /// - Returns: the token; nil when the key or the algorithm is of another family or libcrypto fails.
    package static func sign(
        claims: [UInt8],
        with key: VerificationKey,
        algorithm: SignatureAlgorithm,
        type: String = "JWT",
        keyID: String? = nil
    ) -> String? {
        guard case .secret(let secret) = key.material, let context = MACContext(key: secret, algorithm: algorithm)
        else { return nil }
        let input = input(algorithm, type, keyID ?? key.keyID, claims)
        return token(input, context.sign(input.span, input: 0..<input.count))
    }

    /// Signs `claims`, a JSON object, with a private key under its one algorithm.
    /// - Parameter keyID: the `kid` of the header; nil: the key's thumbprint.
    /// - Returns: the token; nil when libcrypto fails.
    package static func sign(
        claims: [UInt8],
        with key: PrivateKey,
        type: String = "JWT",
        keyID: String? = nil
    ) -> String? {
        let input = input(key.algorithm, type, keyID ?? key.keyID, claims)
        return token(input, key.sign(input.span))
    }

    /// The header, a dot, the claims.
    private static func input(
        _ algorithm: SignatureAlgorithm,
        _ type: String,
        _ keyID: String?,
        _ claims: [UInt8]
    ) -> [UInt8] {
        var header = JSONWriter()
        header.beginObject()
        header.name("alg")
        header.string(algorithm.rawValue)
        header.name("typ")
        header.string(type)
        if let keyID {
            header.name("kid")
            header.string(keyID)
        }
        header.endObject()
        var input: [UInt8] = []
        Base64URL.encode(header.bytes.span, to: &input)
        input.append(UInt8(ascii: "."))
        Base64URL.encode(claims.span, to: &input)
        return input
    }

    private static func token(_ input: [UInt8], _ signature: [UInt8]?) -> String? {
        guard let signature else { return nil }
        var token = input
        token.append(UInt8(ascii: "."))
        Base64URL.encode(signature.span, to: &token)
        return String(decoding: token, as: UTF8.self)
    }
}

internal import StrictJSON

/// Makes compact JWS, for `authd token mint`, the invoker and tests.
package enum JWSSigner {
    /// Signs `claims`, a JSON object, with the first algorithm of `algorithm`.
    /// - Returns: the token; nil when the key is of another family or libcrypto fails.
    package static func sign(
        claims: [UInt8],
        with key: VerificationKey,
        algorithm: SignatureAlgorithm,
        type: String = "JWT",
        keyID: String? = nil
    ) -> String? {
        guard case .secret(let secret) = key.material, let context = MACContext(key: secret, algorithm: algorithm)
        else { return nil }
        var header = JSONWriter()
        header.beginObject()
        header.name("alg")
        header.string(algorithm.rawValue)
        header.name("typ")
        header.string(type)
        if let keyID = keyID ?? key.keyID {
            header.name("kid")
            header.string(keyID)
        }
        header.endObject()
        var token: [UInt8] = []
        Base64URL.encode(header.bytes.span, to: &token)
        token.append(UInt8(ascii: "."))
        Base64URL.encode(claims.span, to: &token)
        guard let signature = context.sign(token.span, input: 0..<token.count) else { return nil }
        token.append(UInt8(ascii: "."))
        Base64URL.encode(signature.span, to: &token)
        return String(decoding: token, as: UTF8.self)
    }
}

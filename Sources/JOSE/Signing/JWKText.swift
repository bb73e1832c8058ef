internal import StrictJSON

/// Writes public keys down as JWK (RFC 7517).
enum JWKText {
    /// The whole JWK; nil for RSA, which nothing here signs with.
    static func text(_ key: PublicKey, keyID: String, algorithm: SignatureAlgorithm) -> String? {
        guard let members = members(key) else { return nil }
        let all = members + [("alg", algorithm.rawValue), ("kid", keyID), ("use", "sig")]
        return String(decoding: object(all), as: UTF8.self)
    }

    /// The thumbprint of RFC 7638 with SHA-256, in base64url; nil for RSA.
    static func thumbprint(_ key: PublicKey) -> String? {
        guard let members = members(key) else { return nil }
        var name: [UInt8] = []
        Base64URL.encode(SHA256.hash(object(members).span).span, to: &name)
        return String(decoding: name, as: UTF8.self)
    }

    /// The members that make the key, in the order of RFC 7638 §3.2.
    private static func members(_ key: PublicKey) -> [(name: String, value: String)]? {
        guard let curve = key.kind.curve else { return nil }
        // The key's own form ends with the point.
        let point = key.encoded.suffix(curve.isEdwards ? curve.coordinateBytes : 2 * curve.coordinateBytes)
        let x = point.prefix(curve.coordinateBytes)
        let type = curve.isEdwards ? JWKType.octetKeyPair : JWKType.ellipticCurve
        let common = [("crv", curve.rawValue), ("kty", type.rawValue), ("x", base64URL(x))]
        return curve.isEdwards ? common : common + [("y", base64URL(point.dropFirst(curve.coordinateBytes)))]
    }

    private static func base64URL(_ bytes: ArraySlice<UInt8>) -> String {
        var text: [UInt8] = []
        Base64URL.encode(bytes.span, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func object(_ members: [(name: String, value: String)]) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for member in members {
            writer.name(member.name)
            writer.string(member.value)
        }
        writer.endObject()
        return writer.bytes
    }
}

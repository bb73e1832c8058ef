/// The public key of a JWK of type `RSA` (RFC 7518 §6.3.1), `EC` (§6.2.1) or `OKP` (RFC 8037 §2).
enum JWKPublicKey {
    /// Refuses a key with private members: a verifier needs none, and whoever publishes one lets everybody sign.
    static func read(_ jwk: JWKMembers, _ bytes: Span<UInt8>, _ purpose: JWKPurpose) throws(KeyError) -> PublicKey {
        guard !purpose.type.privateMembers.contains(where: { jwk.has($0, bytes) }) else {
            throw KeyError(
                .privateKey,
                "a private key; a verifier needs the public part only, so take its private members out",
                position: jwk.position
            )
        }
        let encoded = try encoded(jwk, bytes, purpose.curve)
        return try PublicKey(encoded: encoded.span, position: jwk.position)
    }

    /// The public part, as SubjectPublicKeyInfo.
    /// - Parameter curve: nil for RSA.
    static func encoded(_ jwk: JWKMembers, _ bytes: Span<UInt8>, _ curve: Curve?) throws(KeyError) -> [UInt8] {
        guard let curve else {
            return SubjectPublicKeyInfo.rsa(
                modulus: try jwk.number("n", bytes),
                exponent: try jwk.number("e", bytes)
            )
        }
        let x = try jwk.binary("x", count: curve.coordinateBytes, bytes)
        guard !curve.isEdwards else { return SubjectPublicKeyInfo.edwards(x, on: curve) }
        let y = try jwk.binary("y", count: curve.coordinateBytes, bytes)
        return SubjectPublicKeyInfo.point(x: x, y: y, on: curve)
    }
}

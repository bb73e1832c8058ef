/// What a JWK is for, by its own word: what it is, what it may do, and the algorithms that this binds it to.
struct JWKPurpose {
    let type: JWKType
    /// For `EC` and `OKP`.
    let curve: Curve?
    /// Never empty.
    let algorithms: Set<SignatureAlgorithm>

    enum Judgement {
        case ours(JWKPurpose)
        /// A well-formed key that others are meant by.
        case notOurs(KeyError)
    }

    /// Reads `kty`, `use`, `key_ops`, `alg` and `crv` (RFC 7517 §4, RFC 7518 §6).
    /// - Throws: where one is no JWK, or contradicts another.
    static func judge(
        _ jwk: JWKMembers,
        _ bytes: Span<UInt8>,
        _ requirements: KeyRequirements
    ) throws(KeyError) -> Judgement {
        func other(_ code: KeyError.Code, _ message: String) -> Judgement {
            .notOurs(KeyError(code, message, position: jwk.position))
        }

        guard let name = try jwk.string("kty", bytes) else {
            throw KeyError(.badStructure, "no \"kty\", so not a JWK (RFC 7517 §4.1)", position: jwk.position)
        }
        guard let type = JWKType(rawValue: name), requirements.algorithms.contains(where: type.algorithms.contains)
        else {
            return other(.unsupportedKeyType, "its \"kty\" is for no algorithm of the issuer")
        }
        if let use = try jwk.string("use", bytes), use != "sig" {
            return other(.notForVerification, "its \"use\" is not \"sig\"")
        }
        if let operations = try jwk.strings("key_ops", bytes) {
            guard Set(operations).count == operations.count else {
                throw KeyError(.badStructure, "its \"key_ops\" repeat one (RFC 7517 §4.3)", position: jwk.position)
            }
            guard operations.contains("verify") else {
                return other(.notForVerification, "its \"key_ops\" lack \"verify\"")
            }
        }
        let algorithmName = try jwk.string("alg", bytes)
        let named = algorithmName.flatMap { SignatureAlgorithm(rawValue: $0) }
        guard algorithmName == nil || named != nil else {
            return other(.unsupportedAlgorithm, "its \"alg\" is not one of the issuer's")
        }
        if let named, !type.algorithms.contains(named) { throw contradiction(jwk, "\"kty\"") }
        guard let curve = try curve(jwk, bytes, type, named) else {
            return other(.unsupportedKeyType, "its \"crv\" is for no algorithm of the issuer")
        }
        let possible = curve.curve?.algorithms ?? type.algorithms
        if let named, !possible.contains(named) { throw contradiction(jwk, "\"crv\"") }
        let bound = possible.intersection(named.map { [$0] } ?? possible).intersection(requirements.algorithms)
        guard !bound.isEmpty else {
            return named == nil
                ? other(.unsupportedKeyType, "its \"crv\" is for no algorithm of the issuer")
                : other(.unsupportedAlgorithm, "its \"alg\" is not one of the issuer's")
        }
        return .ours(JWKPurpose(type: type, curve: curve.curve, algorithms: bound))
    }

    private static func contradiction(_ jwk: JWKMembers, _ other: String) -> KeyError {
        KeyError(.contradiction, "its \"alg\" is not for its \(other)", position: jwk.position)
    }

    /// A type without curves, or the curve.
    private enum Place {
        case none
        case on(Curve)

        var curve: Curve? {
            if case .on(let curve) = self { curve } else { nil }
        }
    }

    /// - Returns: nil for a curve that no algorithm uses.
    private static func curve(
        _ jwk: JWKMembers,
        _ bytes: Span<UInt8>,
        _ type: JWKType,
        _ named: SignatureAlgorithm?
    ) throws(KeyError) -> Place? {
        switch type {
        case .octets, .rsa: return Place.none
        case .ellipticCurve, .octetKeyPair:
            let curve: Curve?
            if let name = try jwk.string("crv", bytes) {
                curve = Curve(rawValue: name)
            } else {
                curve = try impliedCurve(jwk, bytes, type, named)
            }
            guard let curve else { return nil }
            // X25519 under EC or P-256 under OKP is what nobody publishes.
            return curve.isEdwards == (type == .octetKeyPair) ? .on(curve) : nil
        }
    }

    /// Some publishers leave `crv` out of EC keys. `alg` says the same, and so does the length of `x`; the point is checked
    /// to be on the curve in any case.
    private static func impliedCurve(
        _ jwk: JWKMembers,
        _ bytes: Span<UInt8>,
        _ type: JWKType,
        _ named: SignatureAlgorithm?
    ) throws(KeyError) -> Curve? {
        let absent = KeyError(.badStructure, "it has no \"crv\"", position: jwk.position)
        guard type == .ellipticCurve else { throw absent }
        let curves = Curve.allCases.filter { !$0.isEdwards }
        if let named { return curves.first { $0.algorithms.contains(named) } }
        let count = try jwk.binary("x", bytes).count
        guard let implied = curves.first(where: { $0.coordinateBytes == count }) else { throw absent }
        return implied
    }
}

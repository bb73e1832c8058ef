internal import StrictJSON

/// A JWK (RFC 7517 §4), a JWKS (RFC 7517 §5) or an object of certificates by their `kid`, with `oct`, `RSA`, `EC` and `OKP`
/// keys (RFC 7518 §6, RFC 8037 §2).
///
/// A key that another algorithm or another use is meant for is passed over; a key that is meant for this issuer and is
/// broken or weak refuses the whole file, so that a mistake is seen and not half-applied, unless the requirements say
/// that such a key is passed over too.
///
/// What only helps to find or to vouch for a key (`x5u`, `x5c`, `x5t`) is not looked at: nothing is fetched, and trust in
/// the file is trust in its keys.
struct JWKReader: KeyReader {
    let requirements: KeyRequirements
    private(set) var found = FoundKeys()

    init(requirements: KeyRequirements) { self.requirements = requirements }

    mutating func read(_ bytes: Span<UInt8>) throws(KeyError) {
        var document = JSONDocument()
        if let failure = document.parse(bytes) {
            throw KeyError(.notJSON, "not valid JSON: \(failure.description)")
        }
        guard let list = document.member("keys", of: 0, in: bytes) else {
            if CertificateMap.isOne(document, bytes) {
                try CertificateMap.read(document, bytes, requirements, &found)
            } else {
                try add(JWKMembers(document: document, object: 0, position: 1), bytes)
            }
            return try found.requireAKey("the key set is empty")
        }
        guard document.nodes[list].kind == .array else {
            throw KeyError(.badStructure, "\"keys\" is not an array (RFC 7517 §5.1)")
        }
        var indices: [Int] = []
        _ = document.firstElement(of: list) { element in
            indices.append(element)
            return false
        }
        guard indices.count <= requirements.maximumKeys else {
            throw KeyError(.tooManyKeys, "more than \(requirements.maximumKeys) keys")
        }
        for (position, index) in indices.enumerated() {
            let jwk = JWKMembers(document: document, object: index, position: position + 1)
            do throws(KeyError) {
                try add(jwk, bytes)
            } catch {
                guard requirements.skipsBrokenKeys else { throw error }
                found.skip(error)
            }
        }
        try found.requireAKey("the key set is empty")
    }

    private mutating func add(_ jwk: JWKMembers, _ bytes: Span<UInt8>) throws(KeyError) {
        guard jwk.document.nodes[jwk.object].kind == .object else {
            throw KeyError(.badStructure, "not an object, so not a JWK (RFC 7517 §4)", position: jwk.position)
        }
        switch try JWKPurpose.judge(jwk, bytes, requirements) {
        case .notOurs(let reason): found.skip(reason)
        case .ours(let purpose):
            let keyID = try jwk.string("kid", bytes)
            let material = try material(jwk, bytes, purpose)
            found.add(VerificationKey(keyID: keyID, algorithms: purpose.algorithms, material: material))
        }
    }

    private mutating func material(
        _ jwk: JWKMembers,
        _ bytes: Span<UInt8>,
        _ purpose: JWKPurpose
    ) throws(KeyError) -> VerificationKey.Material {
        guard purpose.type == .octets else { return .publicKey(try JWKPublicKey.read(jwk, bytes, purpose)) }
        var decoded = try jwk.binary("k", bytes)
        defer { decoded.wipe() }
        found.warn(try SecretStrength.check(decoded.span, requirements, position: jwk.position))
        guard let secret = SecretKeyBytes(copying: decoded.span) else {
            throw KeyError(.noMemory, "no memory", position: jwk.position)
        }
        return .secret(secret)
    }
}

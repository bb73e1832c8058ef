internal import StrictJSON

/// A JWK (RFC 7517 §4) or a JWKS (RFC 7517 §5) with `oct` keys (RFC 7518 §6.4).
///
/// A key that another algorithm or another use is meant for is passed over; a key that is meant for this issuer and is
/// broken or weak refuses the whole file, so that a mistake is seen and not half-applied.
struct JWKReader: KeyReader {
    let requirements: KeyRequirements
    private(set) var keys: [VerificationKey] = []
    private(set) var skipped: [KeyError] = []

    init(requirements: KeyRequirements) { self.requirements = requirements }

    mutating func read(_ bytes: Span<UInt8>) throws(KeyError) {
        var document = JSONDocument()
        if let failure = document.parse(bytes) {
            throw KeyError(.notJSON, "not valid JSON: \(failure.description)")
        }
        guard let list = document.member("keys", of: 0, in: bytes) else {
            try add(0, document, bytes, position: 1)
            return try finish()
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
            try add(index, document, bytes, position: position + 1)
        }
        try finish()
    }

    private func finish() throws(KeyError) {
        guard keys.isEmpty else { return }
        if let first = skipped.first { throw first }
        throw KeyError(.empty, "the key set is empty")
    }

    private mutating func add(
        _ index: Int,
        _ document: JSONDocument,
        _ bytes: Span<UInt8>,
        position: Int
    ) throws(KeyError) {
        let jwk = JWKMembers(document: document, object: index)
        guard document.nodes[index].kind == .object, let type = try jwk.string("kty", bytes, position) else {
            throw KeyError(.badStructure, "no \"kty\", so not a JWK (RFC 7517 §4.1)", position: position)
        }
        if let reason = try refusal(of: jwk, type: type, bytes, position) {
            skipped.append(reason)
            return
        }
        let algorithms = try boundAlgorithms(jwk, bytes, position)
        guard !algorithms.isEmpty else {
            skipped.append(
                KeyError(.unsupportedAlgorithm, "its \"alg\" is not one of the issuer's", position: position)
            )
            return
        }
        let keyID = try jwk.string("kid", bytes, position)
        let secret = try secret(jwk, bytes, position: position)
        keys.append(VerificationKey(keyID: keyID, algorithms: algorithms, material: .secret(secret)))
    }

    /// Why a well-formed key is not for us; nil where it is.
    private func refusal(
        of jwk: JWKMembers,
        type: String,
        _ bytes: Span<UInt8>,
        _ position: Int
    ) throws(KeyError) -> KeyError? {
        guard type == "oct" else {
            return KeyError(.unsupportedKeyType, "its \"kty\" is for no algorithm of the issuer", position: position)
        }
        if let use = try jwk.string("use", bytes, position), use != "sig" {
            return KeyError(.notForVerification, "its \"use\" is not \"sig\"", position: position)
        }
        if let operations = try jwk.strings("key_ops", bytes, position), !operations.contains("verify") {
            return KeyError(.notForVerification, "its \"key_ops\" lack \"verify\"", position: position)
        }
        return nil
    }

    private func boundAlgorithms(
        _ jwk: JWKMembers,
        _ bytes: Span<UInt8>,
        _ position: Int
    ) throws(KeyError) -> Set<SignatureAlgorithm> {
        let allowed = Set(requirements.algorithms.filter { $0.family == .hmac })
        guard let name = try jwk.string("alg", bytes, position) else { return allowed }
        return allowed.filter { $0.rawValue == name }
    }

    private func secret(
        _ jwk: JWKMembers,
        _ bytes: Span<UInt8>,
        position: Int
    ) throws(KeyError) -> SecretKeyBytes {
        guard let range = try jwk.plainString("k", bytes, position),
            var decoded = Base64URL.decode(bytes.extracting(range))
        else {
            throw KeyError(.badEncoding, "its \"k\" is not base64url (RFC 7518 §6.4.1)", position: position)
        }
        defer { decoded.wipe() }
        try SecretStrength.check(decoded.span, least: requirements.leastSecretBytes, position: position)
        guard let secret = SecretKeyBytes(copying: decoded.span) else {
            throw KeyError(.noMemory, "no memory", position: position)
        }
        return secret
    }
}

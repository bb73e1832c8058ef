/// A PEM file (RFC 7468) of public keys, as SubjectPublicKeyInfo (`PUBLIC KEY`) or PKCS #1 (`RSA PUBLIC KEY`), and of
/// certificates (`CERTIFICATE`), of which only the key counts. Keys have no name here.
struct PEMReader: KeyReader {
    let requirements: KeyRequirements
    private(set) var found = FoundKeys()
    private var certificates: [Certificate] = []

    init(requirements: KeyRequirements) { self.requirements = requirements }

    mutating func read(_ bytes: Span<UInt8>) throws(KeyError) {
        guard requirements.takesPublicKeys else {
            throw KeyError(
                .notASecret,
                "a PEM file, but the issuer's algorithms are HMAC: with a public key as their secret everybody could sign"
            )
        }
        var scanner = PEMScanner()
        while var block = try scanner.next(bytes) {
            defer { block.content.wipe() }
            guard block.position <= requirements.maximumKeys else {
                throw KeyError(.tooManyKeys, "more than \(requirements.maximumKeys) keys")
            }
            try add(block)
        }
        try found.requireAKey("no block of PEM in the file")
    }

    private mutating func add(_ block: PEMBlock) throws(KeyError) {
        let encoded = try encoded(block)
        let key = try PublicKey(encoded: encoded.span, position: block.position)
        let algorithms = key.algorithms.intersection(requirements.algorithms)
        guard !algorithms.isEmpty else {
            found.skip(
                KeyError(.unsupportedKeyType, "a key for no algorithm of the issuer", position: block.position)
            )
            return
        }
        found.add(VerificationKey(keyID: nil, algorithms: algorithms, material: .publicKey(key)))
    }

    /// The block's key as SubjectPublicKeyInfo.
    private mutating func encoded(_ block: PEMBlock) throws(KeyError) -> [UInt8] {
        switch block.label {
        case .publicKey: return block.content
        case .rsaPublicKey: return SubjectPublicKeyInfo.rsa(publicKey: block.content)
        case .certificate: return try key(of: block)
        case .privateKey, .ecPrivateKey, .otherPrivateKey:
            throw KeyError(
                .privateKey,
                "a private key; a verifier needs the public key only (openssl pkey -pubout)",
                position: block.position
            )
        case .ecParameters, .other:
            throw KeyError(
                .badPEM,
                "neither a PUBLIC KEY, an RSA PUBLIC KEY nor a CERTIFICATE",
                position: block.position
            )
        }
    }

    private mutating func key(of block: PEMBlock) throws(KeyError) -> [UInt8] {
        let certificate = try Certificate(block.content.span, position: block.position)
        guard certificate.mayVerify else {
            throw KeyError(
                .notForVerification,
                "a certificate whose key usage lacks digitalSignature (RFC 5280 §4.2.1.3)",
                position: block.position
            )
        }
        guard !certificates.contains(where: { $0.isIssued(by: certificate) || certificate.isIssued(by: $0) }) else {
            throw KeyError(
                .notForVerification,
                "a chain of certificates; give only the one whose key signs the tokens",
                position: block.position
            )
        }
        certificates.append(certificate)
        return certificate.publicKey
    }
}

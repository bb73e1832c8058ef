/// Reads the content of a key file: a text of one secret a line, a JWK or JWKS (RFC 7517), an object of certificates by
/// their `kid`, or PEM (RFC 7468) with public keys and certificates.
///
/// The form is seen from the content: `{` begins JSON, a line that begins with `-----BEGIN ` makes it PEM, everything
/// else is secrets. Secrets go to issuers with HMAC algorithms only, public keys to the others only, so that no public key
/// ever becomes a secret (CVE-2015-9235).
package struct KeyFile {
    /// The keys in the order of the file: the first signs, all verify. Never empty.
    package let keys: [VerificationKey]
    /// Keys that were passed over because they cannot serve this issuer, with the reason.
    package let skipped: [KeyError]
    /// What is wrong with keys that were taken all the same, for the operator to read.
    package let warnings: [KeyError]

    /// - Parameters:
    ///   - bytes: the whole file. Not kept.
    ///   - requirements: what the issuer asks of its keys.
    ///   - keyID: the name for a key that brings none, for files that are named after their key.
    package init(
        _ bytes: Span<UInt8>,
        requirements: KeyRequirements,
        keyID: String? = nil
    ) throws(KeyError) {
        var reader = try Self.reader(for: bytes, requirements)
        try reader.read(bytes)
        let found = reader.found
        let named = found.keys.map { key in
            VerificationKey(keyID: key.keyID ?? keyID, algorithms: key.algorithms, material: key.material)
        }
        try Self.check(named, requirements)
        keys = named
        skipped = found.skipped
        warnings = found.warnings
    }

    private static func reader(
        for bytes: Span<UInt8>,
        _ requirements: KeyRequirements
    ) throws(KeyError) -> any KeyReader {
        guard let first = firstByte(bytes) else {
            let advice = requirements.takesSecrets ? "; write a secret with \"authd secret generate\"" : ""
            throw KeyError(.empty, "the file is empty" + advice)
        }
        guard !bytes.hasPrefix("\u{FEFF}") else {
            throw KeyError(.badText, "a byte order mark, which is no part of a secret; save without one", position: 1)
        }
        if first == UInt8(ascii: "{") { return JWKReader(requirements: requirements) }
        if isPEM(bytes) { return PEMReader(requirements: requirements) }
        guard requirements.takesSecrets else {
            throw KeyError(
                .unsupportedKeyType,
                "neither a JWK, a JWKS nor PEM, which the issuer's algorithms need; a text of secrets is for HMAC"
            )
        }
        return SecretLinesReader(requirements: requirements)
    }

    /// Whether a line begins a block of PEM.
    private static func isPEM(_ bytes: Span<UInt8>) -> Bool {
        bytes.hasPrefix("-----BEGIN ") || bytes.contains("\n-----BEGIN ")
    }

    private static func firstByte(_ bytes: Span<UInt8>) -> UInt8? {
        for index in 0..<bytes.count {
            let byte = bytes[index]
            let isSpace = byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
            if !isSpace { return byte }
        }
        return nil
    }

    /// Refuses names that stand twice and more keys than are worth trying.
    package static func check(_ keys: [VerificationKey], _ requirements: KeyRequirements) throws(KeyError) {
        guard keys.count <= requirements.maximumKeys else {
            throw KeyError(.tooManyKeys, "more than \(requirements.maximumKeys) keys")
        }
        var names: Set<String> = []
        for (index, key) in keys.enumerated() {
            guard let name = key.keyID else { continue }
            guard names.insert(name).inserted else {
                throw KeyError(.duplicateKeyID, "its kid stands twice; a kid names one key", position: index + 1)
            }
        }
        guard keys.count - names.count <= requirements.maximumUnnamedKeys else {
            throw KeyError(
                .tooManyKeys,
                "more than \(requirements.maximumUnnamedKeys) keys without a kid, which would all be tried for each "
                    + "token; retire old ones or use a JWKS with kids"
            )
        }
    }
}

/// Reads the content of a key file: a text of one secret a line, a JWK (RFC 7517 §4) or a JWKS (RFC 7517 §5).
package struct KeyFile {
    /// The keys in the order of the file: the first signs, all verify. Never empty.
    package let keys: [VerificationKey]
    /// Keys of a JWKS that were passed over because they cannot serve this issuer, with the reason.
    package let skipped: [KeyError]

    /// - Parameters:
    ///   - bytes: the whole file. Not kept.
    ///   - requirements: what the issuer asks of its keys.
    ///   - keyID: the name for a key that brings none, for files that are named after their key.
    package init(
        _ bytes: Span<UInt8>,
        requirements: KeyRequirements,
        keyID: String? = nil
    ) throws(KeyError) {
        guard let first = Self.firstByte(bytes) else {
            throw KeyError(.empty, "the file is empty; write a secret with \"authd secret generate\"")
        }
        guard !bytes.hasPrefix("\u{FEFF}") else {
            throw KeyError(.badText, "a byte order mark, which is no part of a secret; save without one", position: 1)
        }
        var reader: any KeyReader =
            first == UInt8(ascii: "{")
            ? JWKReader(requirements: requirements) : SecretLinesReader(requirements: requirements)
        try reader.read(bytes)
        let named = reader.keys.map { key in
            VerificationKey(keyID: key.keyID ?? keyID, algorithms: key.algorithms, material: key.material)
        }
        try Self.check(named, requirements)
        keys = named
        skipped = reader.skipped
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

/// One way of writing keys down.
protocol KeyReader {
    var keys: [VerificationKey] { get }
    var skipped: [KeyError] { get }
    mutating func read(_ bytes: Span<UInt8>) throws(KeyError)
}

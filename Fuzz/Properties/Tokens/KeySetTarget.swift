internal import JOSE

/// Key files: JWK, JWKS, certificates, PEM and texts. What is loaded can serve and keeps what the issuer asks for; a refusal repeats
/// nothing of the file.
package final class KeySetTarget: FuzzTarget {
    private static let kinds: [KeyRequirements] = [
        KeyRequirements(algorithms: [.hs256, .hs512]),
        KeyRequirements(algorithms: [.hs384], minimumSecretBytes: 20, maximumKeys: 3, maximumUnnamedKeys: 1),
        KeyRequirements(algorithms: [.rs256, .ps384, .rs512]),
        KeyRequirements(algorithms: [.es256, .es384, .es512]),
        KeyRequirements(algorithms: [.edDSA, .ed25519, .ed448]),
        KeyRequirements(algorithms: SignatureAlgorithm.allCases.filter { !$0.isSymmetric }, skipsBrokenKeys: true),
    ]

    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) {
        try PrivateKeyCheck.check(input)
        for requirements in Self.kinds {
            let first = LoadedFile(input, requirements)
            try require(first.isSame(as: LoadedFile(input, requirements)), "a file is read the same way twice")
            if let keys = first.keys {
                try check(keys, requirements)
                for key in keys { try check(key, requirements) }
            }
            for message in first.messages {
                let isPrintable = message.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
                try require(isPrintable && message.utf8.count < 500, "a message is one line of bounded length")
            }
        }
    }

    private func check(_ keys: [VerificationKey], _ requirements: KeyRequirements) throws(Violation) {
        let names = keys.compactMap(\.keyID)
        try require(!keys.isEmpty && keys.count <= requirements.maximumKeys, "a file has keys, and not too many")
        try require(Set(names).count == names.count, "a name names one key")
        try require(keys.count - names.count <= requirements.maximumUnnamedKeys, "few keys have no name")
    }

    private func check(_ key: VerificationKey, _ requirements: KeyRequirements) throws(Violation) {
        try require(!key.algorithms.isEmpty, "no key is without algorithms")
        try require(key.algorithms.isSubset(of: requirements.algorithms), "a key serves what the issuer allows")
        switch key.material {
        case .secret(let secret):
            try require(key.algorithms.allSatisfy(\.isSymmetric), "a secret serves HMAC alone (RFC 8725 §2.1)")
            try require(secret.count >= requirements.leastSecretBytes, "a secret is as long as it must be")
            let isPublic = secret.withBytes { $0.array.starts(with: "-----BEGIN".utf8) }
            try require(!isPublic, "what is published is no secret")
        case .publicKey(let publicKey):
            try require(key.algorithms.isSubset(of: publicKey.algorithms), "a key serves what it can")
            if case .rsa(let bytes) = publicKey.kind { try require(bytes >= 256, "RSA has 2048 bits or more") }
        }
        for algorithm in key.algorithms {
            guard let verifier = SignatureVerifier(key, algorithm: algorithm) else {
                throw Violation("a key that was loaded can verify")
            }
            let zeros = [UInt8](repeating: 0, count: 600)
            for count in Set([0, 1, algorithm.digestBytes, Self.signatureBytes(key), 600]) {
                let holds = verifier.verify(zeros.span, input: 0..<9, signature: zeros.span.extracting(0..<count))
                try require(!holds, "zeros are no signature")
            }
        }
    }

    private static func signatureBytes(_ key: VerificationKey) -> Int {
        if case .publicKey(let publicKey) = key.material { min(publicKey.signatureBytes, 600) } else { 0 }
    }
}

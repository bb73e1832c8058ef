/// What no HMAC secret may be, whatever its length.
enum SecretStrength {
    /// - Returns: what the operator should know about a secret that is taken; nil: nothing.
    static func check(
        _ secret: Span<UInt8>,
        _ requirements: KeyRequirements,
        position: Int
    ) throws(KeyError) -> KeyError? {
        let least = requirements.leastSecretBytes
        try refuseOtherMaterial(secret, position: position)
        guard secret.count >= max(least, 1) else {
            throw KeyError(
                .tooShort,
                "\(secret.count) bytes, but at least \(max(least, 1)) are needed (RFC 7518 §3.2); "
                    + "\"authd secret generate\" makes a good one",
                position: position
            )
        }
        // A configured minimum below this is the operator's own word that short secrets are meant.
        guard secret.count < 16 || distinctBytes(secret) >= 6 else {
            throw KeyError(
                .tooWeak,
                "fewer than 6 different bytes; \"authd secret generate\" makes a good one",
                position: position
            )
        }
        guard secret.count < 16 || !isRepetition(secret) else {
            throw KeyError(
                .tooWeak,
                "the same few bytes over and over; \"authd secret generate\" makes a good one",
                position: position
            )
        }
        guard PublishedSecrets.contains(secret) else { return nil }
        let published = KeyError(
            .publiclyKnown,
            "a secret from a public list, which whoever tries one finds; \"authd secret generate\" makes a good one",
            position: position
        )
        guard requirements.allowsPublishedSecrets else { throw published }
        return published
    }

    /// Refuses what others may know: the material of algorithm confusion (CVE-2015-9235).
    static func refuseOtherMaterial(_ secret: Span<UInt8>, position: Int) throws(KeyError) {
        guard PublicMaterial.isPublic(secret) else { return }
        throw KeyError(
            .notASecret,
            "a public key, certificate, JSON or token, which others may know; never use it as a secret",
            position: position
        )
    }

    private static func distinctBytes(_ secret: Span<UInt8>) -> Int {
        var seen = InlineArray<256, Bool>(repeating: false)
        var count = 0
        for index in 0..<secret.count where !seen[Int(secret[index])] {
            seen[Int(secret[index])] = true
            count += 1
        }
        return count
    }

    /// Whether a word of at most a quarter of the length fills the secret.
    private static func isRepetition(_ secret: Span<UInt8>) -> Bool {
        for period in 1...max(1, secret.count / 4) {
            var index = period
            while index < secret.count, secret[index] == secret[index - period] { index += 1 }
            if index == secret.count { return true }
        }
        return false
    }
}

/// What was revoked, as a lookup that does not grow with the number of entries. Immutable; event loops share it.
///
/// Texts are kept as 128-bit keyed hashes: 1 000 000 tokens take 27 MB, as many subjects 40 MB, and a collision, which
/// nobody who does not know the random key can seek, could only refuse a token.
package final class RevocationTable: Sendable {
    private let hash: KeyedHash
    private let tokens: RevocationSlots<RevokedToken>
    private let subjects: RevocationSlots<RevokedSubject>

    init(hash: KeyedHash, tokens: RevocationSlots<RevokedToken>, subjects: RevocationSlots<RevokedSubject>) {
        self.hash = hash
        self.tokens = tokens
        self.subjects = subjects
    }

    package convenience init(_ entries: some Sequence<RevocationEntry>) {
        var builder = RevocationTableBuilder()
        for entry in entries {
            switch entry.subject {
            case .token(let id):
                let bytes = Array(id.utf8)
                builder.add(tokenID: bytes.span, issuer: entry.issuer)
            case .subject(let name, let moment):
                let bytes = Array(name.utf8)
                builder.add(subject: bytes.span, issuedBefore: moment, issuer: entry.issuer)
            }
        }
        let built = builder.build()
        self.init(hash: built.hash, tokens: built.tokens, subjects: built.subjects)
    }

    /// How many entries there are, each counted once.
    package var count: Int { tokens.count + subjects.count }

    /// The memory that the table takes, in bytes.
    package var byteCount: Int { tokens.byteCount + subjects.byteCount }

    /// Whether there is any entry that names a `jti`; where there is none, tokens need not be asked for.
    package var hasTokens: Bool { tokens.count > 0 }

    /// Whether there is any entry that names a `sub`.
    package var hasSubjects: Bool { subjects.count > 0 }

    /// Whether the token with this `jti` was revoked, in any issuer or in the named one.
    package func isRevoked(tokenID: Span<UInt8>, issuer: Int) -> Bool {
        guard hasTokens else { return false }
        var isRevoked = false
        tokens.find(RevocationName(tokenID, hash), issuer: issuer) { _ in
            isRevoked = true
            return true
        }
        return isRevoked
    }

    /// Before when tokens of the subject were revoked: those issued before this moment, or without `iat`, count no more.
    package func revokedBefore(subject: Span<UInt8>, issuer: Int) -> Timestamp? {
        guard hasSubjects else { return nil }
        var moment: Double?
        subjects.find(RevocationName(subject, hash), issuer: issuer) {
            moment = max(moment ?? $0.issuedBefore, $0.issuedBefore)
            return false
        }
        return moment.map { Timestamp(seconds: $0) }
    }
}

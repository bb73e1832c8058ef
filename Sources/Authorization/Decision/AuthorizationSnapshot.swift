/// One state of the world that decisions are made in: a policy, the keys, and what was revoked. Immutable; a reload builds
/// a whole new one, and each event loop replaces its own reference.
package final class AuthorizationSnapshot: Sendable {
    package let policy: Policy
    /// One ring for each issuer of the policy, in its order; nil: its keys have never been loaded.
    package let keyRings: [KeyRing?]
    /// nil: the policy has no revocations.
    package let revocations: RevocationTable?
    /// Rises with every snapshot of a process.
    package let generation: UInt64

    package init(
        policy: Policy,
        keyRings: [KeyRing?],
        revocations: RevocationTable? = nil,
        generation: UInt64
    ) {
        self.policy = policy
        // Missing rings deny, so padding is fail-closed.
        self.keyRings = (0..<policy.issuers.count).map { $0 < keyRings.count ? keyRings[$0] : nil }
        self.revocations = revocations
        self.generation = generation
    }
}

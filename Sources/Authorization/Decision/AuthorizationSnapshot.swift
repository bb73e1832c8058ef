/// One state of the world that decisions are made in: a policy and the keys. Immutable; a reload builds a whole new one,
/// and each event loop replaces its own reference.
package final class AuthorizationSnapshot: Sendable {
    package let policy: Policy
    /// One ring for each issuer of the policy, in its order; nil: its keys have never been loaded.
    package let keyRings: [KeyRing?]
    /// Rises with every snapshot of a process.
    package let generation: UInt64

    package init(policy: Policy, keyRings: [KeyRing?], generation: UInt64) {
        self.policy = policy
        // Missing rings deny, so padding is fail-closed.
        self.keyRings = (0..<policy.issuers.count).map { $0 < keyRings.count ? keyRings[$0] : nil }
        self.generation = generation
    }
}

/// What was decided, and why.
package struct Decision: Sendable, Equatable {
    package enum Outcome: String, Sendable, Equatable, CaseIterable {
        case allow
        case deny
        /// authd itself failed; never an allow.
        case error
    }

    package let outcome: Outcome
    package let reason: Reason
    /// The index of the policy's rule that decided; nil where none matched.
    package let rule: Int?
    /// What a rule in shadow mode would have denied for; nil where it would have allowed, and for enforced rules.
    package let shadowReason: Reason?
    /// The index of the policy's issuer whose token was verified; nil where none was.
    package let issuer: Int?
    /// Whether the request target is no legal one, which a door that owns the request answers with 400.
    package let isTargetMalformed: Bool

    package init(
        _ reason: Reason,
        rule: Int? = nil,
        shadowReason: Reason? = nil,
        issuer: Int? = nil,
        isTargetMalformed: Bool = false
    ) {
        self.reason = reason
        self.rule = rule
        self.shadowReason = shadowReason
        self.issuer = issuer
        self.isTargetMalformed = isTargetMalformed
        outcome =
            switch reason.kind {
            case .allowed: .allow
            case .ownFailure: .error
            case .credentialMissing, .credentialRepeated, .credentialInvalid, .insufficient, .refused: .deny
            }
    }
}

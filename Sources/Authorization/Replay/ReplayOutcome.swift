/// What a policy makes of a recorded decision.
package enum ReplayOutcome: Sendable, Equatable {
    /// What a line would have to carry as well.
    package enum Missing: Sendable, Hashable {
        /// The rule asks for a token, and none had been verified when the decision was made.
        case verifiedToken
        /// The rule asks for this claim.
        case claim(ClaimPath)
        /// The token's issuer has no entry of this name in the policy, or another `iss`.
        case issuer(String)
        /// The path was too long for its line.
        case wholePath
    }

    /// It was refused before any policy was asked.
    case asRecorded
    case decided(Decision)
    /// - Parameter rule: the index of the policy's rule that would decide; nil where that is not known either.
    case undetermined(rule: Int?, [Missing])
}

/// How an outcome differs from the record, the most important difference alone.
package enum ReplayChange: String, Sendable, CaseIterable {
    case allowToDeny = "allow_to_deny"
    case denyToAllow = "deny_to_allow"
    /// The same decision for another reason, or another word of a rule in shadow mode.
    case otherReason = "other_reason"
    /// The same decision and reason by a rule of another name.
    case otherRule = "other_rule"
    case undetermined
    case unchanged

    package init(_ record: RecordedDecision, _ outcome: ReplayOutcome, _ policy: Policy) {
        switch outcome {
        case .asRecorded: self = .unchanged
        case .undetermined: self = .undetermined
        case .decided(let decision):
            let rule = decision.rule.map { policy.rules[$0].name }
            if (record.outcome == .allow) != (decision.outcome == .allow) {
                self = decision.outcome == .allow ? .denyToAllow : .allowToDeny
            } else if decision.reason != record.reason || decision.shadowReason != record.shadowReason {
                self = .otherReason
            } else if rule.map({ Array($0.utf8) }) != record.rule.map({ Array($0.utf8) }) {
                self = .otherRule
            } else {
                self = .unchanged
            }
        }
    }
}

internal import Authorization
internal import CivilTime

/// Everything that `authd explain` tells of a request.
struct ExplainedDecision {
    let policy: Policy
    let decision: Decision
    let steps: [Explanation.Step]
    /// The identity headers' values, in the order of the policy's names.
    let identity: [String]
    /// The moment that the decision was made for.
    let clock: Timestamp
    let notes: [String]

    /// The name of the rule that decided; nil where none matched.
    var rule: Rule? {
        decision.rule.flatMap { policy.rules.indices.contains($0) ? policy.rules[$0] : nil }
    }

    /// The issuer whose token was verified; nil where none was.
    var issuer: String? {
        decision.issuer.flatMap { policy.issuers.indices.contains($0) ? policy.issuers[$0].name : nil }
    }

    /// What the upstream is told of who was let in.
    var headers: [(name: String, value: String)] {
        guard decision.outcome == .allow else { return [] }
        return Array(zip(policy.identityHeaderNames, identity))
    }

    /// The clock in UTC; nil beyond the years that can be written down.
    var utc: String? { Int64(exactly: clock.seconds.rounded(.down)).flatMap { UTCText.text($0) } }

    /// Seconds since 1970, without a fraction where there is none.
    var unix: String { Int64(exactly: clock.seconds).map { String($0) } ?? "\(clock.seconds)" }
}

internal import Platform

/// What the process has taken from itself, for the log and the page for people.
struct Hardening: Sendable {
    let report: HardeningReport
    /// Whether secrets cannot be swapped out.
    let secretsAreLocked: Bool
    let landlock: Landlock.Outcome
    /// What was left to the process; nil where nothing was taken.
    let plan: ConfinementPlan?

    var text: String {
        var parts = report.inForce
        if secretsAreLocked { parts.append("secrets_locked") }
        return parts.joined(separator: ", ") + "; landlock \(landlock)"
    }

    /// What a configuration needs that the process cannot have any more, in the operator's words.
    func missing(for other: ConfinementPlan) -> [String] {
        guard case .confined = landlock, let plan else { return [] }
        return plan.missing(for: other)
    }
}

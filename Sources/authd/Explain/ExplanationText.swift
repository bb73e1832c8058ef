internal import Authorization

/// An explanation as an operator reads it: one line a step, then the rule, the reason and, last, the outcome.
struct ExplanationText {
    let policy: Policy
    let decision: Decision
    let explanation: Explanation
    /// The identity headers' values, in the order of the policy.
    let identity: [String]

    var lines: [String] {
        let width = explanation.steps.map(\.step.rawValue.count).max() ?? 0
        var lines = explanation.steps.map { line($0, width: width) }
        lines.append(ruleLine)
        if let shadow = decision.shadowReason { lines.append("shadow: would deny: \(shadow.rawValue)") }
        if decision.outcome == .allow {
            for (header, value) in zip(policy.identityHeaders, identity) {
                lines.append("sets: \(header.header): \(TerminalText.escaped(value))")
            }
        }
        lines.append("reason: \(decision.reason.rawValue)")
        lines.append(outcomeLine)
        return lines
    }

    private func line(_ step: Explanation.Step, width: Int) -> String {
        let name = step.step.rawValue
        let padding = String(repeating: " ", count: width - name.count)
        let detail = TerminalText.escaped(step.detail)
        guard let failure = step.failure else { return "  \(name)\(padding)  ok      \(detail)" }
        return "  \(name)\(padding)  FAILED  \(failure.rawValue): \(detail)"
    }

    private var ruleLine: String {
        guard let index = decision.rule, policy.rules.indices.contains(index) else { return "rule: none" }
        let rule = policy.rules[index]
        let effect =
            switch rule.effect {
            case .anonymous: "allows everybody"
            case .deny: "denies everybody"
            case .require: "requires a token"
            }
        let mode = rule.mode == .shadow ? ", in shadow mode: allows, and records what it would deny" : ""
        return "rule: \(TerminalText.escaped(rule.name)) (\(effect)\(mode))"
    }

    private var outcomeLine: String {
        switch decision.outcome {
        case .allow: "allow"
        case .deny: "deny: \(decision.reason.rawValue) — \(decision.reason.advice)"
        case .error: "error: \(decision.reason.rawValue) — \(decision.reason.advice)"
        }
    }
}

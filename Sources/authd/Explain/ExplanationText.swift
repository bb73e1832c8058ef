internal import Authorization

/// An explanation as an operator reads it: the clock, one line a step, then the rule, the reason and, last, the outcome.
enum ExplanationText {
    static func lines(_ explained: ExplainedDecision) -> [String] {
        let width = max(clock.count, explained.steps.map(\.step.rawValue.count).max() ?? 0)
        var lines = [line(clock, width: width, "        \(explained.unix)" + (explained.utc.map { ", \($0)" } ?? ""))]
        lines += explained.steps.map { line($0, width: width) }
        lines.append(ruleLine(explained.rule))
        if let shadow = explained.decision.shadowReason { lines.append("shadow: would deny: \(shadow.rawValue)") }
        lines += explained.headers.map { "sets: \($0.name): \(TerminalText.escaped($0.value))" }
        lines += explained.notes.map { "note: \(TerminalText.escaped($0))" }
        lines.append("reason: \(explained.decision.reason.rawValue)")
        lines.append(outcomeLine(explained.decision))
        return lines
    }

    private static let clock = "clock"

    private static func line(_ step: Explanation.Step, width: Int) -> String {
        let detail = TerminalText.escaped(step.detail)
        guard let failure = step.failure else { return line(step.step.rawValue, width: width, "ok      \(detail)") }
        return line(step.step.rawValue, width: width, "FAILED  \(failure.rawValue): \(detail)")
    }

    private static func line(_ name: String, width: Int, _ text: String) -> String {
        "  \(name)\(String(repeating: " ", count: width - name.count))  \(text)"
    }

    private static func ruleLine(_ rule: Rule?) -> String {
        guard let rule else { return "rule: none" }
        let effect =
            switch rule.effect {
            case .anonymous: "allows everybody"
            case .deny: "denies everybody"
            case .require: "requires a token"
            }
        let mode = rule.mode == .shadow ? ", in shadow mode: allows, and records what it would deny" : ""
        return "rule: \(TerminalText.escaped(rule.name)) (\(effect)\(mode))"
    }

    private static func outcomeLine(_ decision: Decision) -> String {
        switch decision.outcome {
        case .allow: "allow"
        case .deny: "deny: \(decision.reason.rawValue) — \(decision.reason.advice)"
        case .error: "error: \(decision.reason.rawValue) — \(decision.reason.advice)"
        }
    }
}

internal import Authorization
internal import Daemon

/// A replay for people: how many decisions change, and a table of the ways in which they do.
enum ReplayText {
    static func lines(_ report: ReplayReport) -> [String] {
        var lines = [summary(report)]
        if report.damaged > 0 { lines.append("\(report.damaged) decisions are damaged and were passed over") }
        let groups = report.groups.filter { $0.kind.change != .unchanged }.sorted(by: isBefore)
        guard !groups.isEmpty else { return lines }
        let rows = groups.map { [String($0.count), was($0.kind), becomes($0.kind), text($0.example)] }
        lines.append("")
        lines += table([["count", "was", "would be", "example"]] + rows)
        if report.ungrouped > 0 { lines.append("and \(report.ungrouped) of further kinds") }
        let missing = advice(groups)
        if !missing.isEmpty { lines += [""] + missing }
        return lines
    }

    /// One decision.
    static func line(_ kind: ReplayReport.Kind, _ example: ReplayReport.Example) -> String {
        let change = kind.change == .unchanged ? was(kind) : "\(was(kind)) -> \(becomes(kind))"
        return "\(kind.change.rawValue): \(text(example)): \(change)"
    }

    private static func summary(_ report: ReplayReport) -> String {
        let passed = report.lines - report.decisions - report.damaged
        return
            "\(report.decisions) decisions: \(report.changed) change (\(report.count(.allowToDeny)) from allow to deny, "
            + "\(report.count(.denyToAllow)) from deny to allow), \(report.count(.undetermined)) undetermined, "
            + "\(report.count(.unchanged)) unchanged; \(passed) other lines"
    }

    /// What matters most first: changes by their kind, then by their number.
    private static func isBefore(_ left: ReplayReport.Group, _ right: ReplayReport.Group) -> Bool {
        func rank(_ group: ReplayReport.Group) -> Int { ReplayChange.allCases.firstIndex(of: group.kind.change) ?? 0 }
        if rank(left) != rank(right) { return rank(left) < rank(right) }
        if left.count != right.count { return left.count > right.count }
        return left.example.line < right.example.line
    }

    private static func was(_ kind: ReplayReport.Kind) -> String { text(kind.was) }

    private static func becomes(_ kind: ReplayReport.Kind) -> String {
        if let becomes = kind.becomes { return text(becomes) }
        let rule = kind.rule.map { " by \(TerminalText.escaped($0))" } ?? ""
        return "?\(rule): \(kind.missing.map { $0.text }.joined(separator: ", "))"
    }

    private static func text(_ verdict: ReplayReport.Verdict) -> String {
        let rule = verdict.rule.map { " by \(TerminalText.escaped($0))" } ?? ""
        let reason = verdict.reason == .allowed ? "" : " \(verdict.reason.rawValue)"
        let shadow = verdict.shadowReason.map { " (shadow: \($0.rawValue))" } ?? ""
        return "\(verdict.outcome.rawValue)\(reason)\(rule)\(shadow)"
    }

    private static func text(_ example: ReplayReport.Example) -> String {
        let record = example.record
        let place = (record.host ?? "") + (record.path ?? "-")
        return "line \(example.line): \(TerminalText.escaped(record.method)) \(TerminalText.escaped(place))"
    }

    /// The keys that would have told what could not be told.
    private static func advice(_ groups: [ReplayReport.Group]) -> [String] {
        var claims: [String] = []
        for group in groups {
            for case .claim(let claim) in group.kind.missing where !claims.contains(claim.text) {
                claims.append(claim.text)
            }
        }
        guard !claims.isEmpty else { return [] }
        let list = claims.map { TerminalText.escaped($0) }.joined(separator: ", ")
        return ["To tell what is undetermined, log these claims as well: log: { claims: [\(list)] }"]
    }

    private static func table(_ rows: [[String]]) -> [String] {
        let columns = rows.first?.count ?? 0
        let widths = (0..<columns).map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: widths[column] - text.unicodeScalars.count)
                if column == 0 { return padding + text }
                return column == columns - 1 ? text : text + padding
            }.joined(separator: "  ")
        }
    }
}

extension ReplayOutcome.Missing {
    /// What is missing, for a table.
    var text: String {
        switch self {
        case .verifiedToken: "the token was not verified"
        case .claim(let claim): "needs log.claims \(TerminalText.escaped(claim.text))"
        case .issuer(let name): "no issuer \(TerminalText.escaped(name)) of that iss"
        case .wholePath: "the path was cut"
        }
    }
}

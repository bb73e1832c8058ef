internal import Authorization
internal import Gateways
internal import Platform

/// The page for people: no script, nothing from elsewhere, every text escaped.
enum StatusPage {
    /// Longer tables are cut: the page is to be read.
    private static let maximumRows = 500

    private static let style = """
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#222;background:#fff}
        h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #ddd;vertical-align:top}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.bad{color:#a00}.good{color:#060}
        @media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}th,td{border-color:#444}.bad{color:#f88}.good{color:#8d8}}
        """

    static func html(_ report: AdminReport) -> [UInt8] {
        let isGood = report.status == .ready
        let parts = [
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>authd: \(report.status.rawValue)</title>",
            "<meta name=\"viewport\" content=\"width=device-width\"><style>\(style)</style></head><body>",
            "<h1>authd <span class=\"\(isGood ? "good" : "bad")\">\(report.status.rawValue)</span></h1>",
            "<p>Version \(HTMLText.escaped(report.version)), generation \(report.generation), ",
            "\(report.connections) connections, \(TimeText.rfc3339(report.now)).</p>",
            problems(report), issuers(report), files(report), rules(report), decisions(report),
            report.hardening.isEmpty ? "" : "<h2>Hardening</h2><p>\(HTMLText.escaped(report.hardening)).</p>",
            "<p><a href=\"/metrics\">metrics</a> · <a href=\"/readyz\">readyz</a> · <a href=\"/healthz\">healthz</a></p>",
            "</body></html>\n",
        ]
        return Array(parts.joined().utf8)
    }

    private static func problems(_ report: AdminReport) -> String {
        guard !report.reasons.isEmpty else { return "" }
        let items = report.reasons.map { "<li class=\"bad\">\(HTMLText.escaped($0))</li>" }
        return "<h2>Problems</h2><ul>\(items.joined())</ul>"
    }

    private static func issuers(_ report: AdminReport) -> String {
        let rows = report.keys.map { status in
            [
                .text(status.issuer), .text(status.place), .text("\(status.health)"), .number(UInt64(status.current)),
                .number(UInt64(status.retired)), .text(status.lastSuccess.map(TimeText.rfc3339) ?? "never"),
                .number(status.reloads.failed),
            ] as [Cell]
        }
        let head = ["Issuer", "Source", "Health", "Keys", "Retired", "Last good", "Failures"]
        return table("Issuers", head, numeric: [3, 4, 6], rows)
    }

    private static func files(_ report: AdminReport) -> String {
        var rows: [[Cell]] = []
        if let status = report.revocations {
            let good = status.lastSuccess.map(TimeText.rfc3339) ?? "never"
            let what = "\(status.entries) revocations, last good \(good)"
            rows.append([.text(status.place), .text(what), .number(status.failed)])
        }
        if let status = report.assertion {
            let what = "signs assertions as \(status.keyIDs.first ?? "")"
            rows.append([.text(status.place), .text(what), .number(status.failed)])
        }
        for status in report.certificates {
            let end = WallTime(seconds: status.notAfter, nanoseconds: 0)
            rows.append([
                .text(status.place), .text("certificate until \(TimeText.rfc3339(end))"), .number(status.failed),
            ])
        }
        return rows.isEmpty ? "" : table("Files", ["File", "What", "Failures"], numeric: [2], rows)
    }

    private static func rules(_ report: AdminReport) -> String {
        let rows = report.policy.rules.map { rule in
            [
                .text(rule.name), .text(rule.match.path.text), .text(effect(rule)),
                .text(rule.mode == .shadow ? "shadow" : "enforce"),
            ] as [Cell]
        }
        return table("Rules", ["Rule", "Path", "Effect", "Mode"], numeric: [], rows)
    }

    private static func effect(_ rule: Rule) -> String {
        switch rule.effect {
        case .anonymous: "allow anonymous"
        case .deny: "deny"
        case .require(let requirement): requirement.issuer.map { "token of \($0)" } ?? "token"
        }
    }

    private static func decisions(_ report: AdminReport) -> String {
        var rows: [[Cell]] = []
        for door in Door.allCases {
            for reason in Reason.allCases {
                let count = report.counters.decisions(door, reason)
                let shadows = report.counters.shadows(door, reason)
                guard count > 0 || shadows > 0 else { continue }
                rows.append([.text(door.rawValue), .text(reason.rawValue), .number(count), .number(shadows)])
            }
        }
        return table("Decisions", ["Door", "Reason", "Count", "Shadow"], numeric: [2, 3], rows)
    }

    private enum Cell {
        case text(String)
        case number(UInt64)
    }

    private static func table(_ title: String, _ head: [String], numeric: Set<Int>, _ rows: [[Cell]]) -> String {
        guard !rows.isEmpty else { return "<h2>\(title)</h2><p>None.</p>" }
        let names = head.enumerated().map { numeric.contains($0) ? "<th class=\"n\">\($1)</th>" : "<th>\($1)</th>" }
        let lines = rows.prefix(maximumRows).map { row in
            let cells = row.map { cell in
                switch cell {
                case .text(let text): "<td>\(HTMLText.escaped(text))</td>"
                case .number(let number): "<td class=\"n\">\(number)</td>"
                }
            }
            return "<tr>\(cells.joined())</tr>"
        }
        let rest = rows.count > maximumRows ? "<p>… and \(rows.count - maximumRows) more.</p>" : ""
        return "<h2>\(title)</h2><table><tr>\(names.joined())</tr>\(lines.joined())</table>\(rest)"
    }
}

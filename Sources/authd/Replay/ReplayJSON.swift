internal import Authorization
internal import Daemon
internal import StrictJSON

/// A replay for programs: one object a line.
enum ReplayJSON {
    /// Everything that was counted, with all groups.
    static func summary(_ report: ReplayReport) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in [
            ("lines", report.lines), ("decisions", report.decisions), ("damaged", report.damaged),
            ("changed", report.changed), ("ungrouped", report.ungrouped),
        ] {
            writer.name(name)
            writer.integer(value)
        }
        writer.name("changes")
        writer.beginObject()
        for change in ReplayChange.allCases {
            writer.name(change.rawValue)
            writer.integer(report.count(change))
        }
        writer.endObject()
        writer.name("groups")
        writer.beginArray()
        for group in report.groups {
            writer.beginObject()
            writer.name("count")
            writer.integer(group.count)
            write(group.kind, &writer)
            writer.name("example")
            writer.beginObject()
            write(group.example, &writer)
            writer.endObject()
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// One decision.
    static func line(_ kind: ReplayReport.Kind, _ example: ReplayReport.Example) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        write(example, &writer)
        write(kind, &writer)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func write(_ kind: ReplayReport.Kind, _ writer: inout JSONWriter) {
        text("change", kind.change.rawValue, &writer)
        writer.name("was")
        write(kind.was, &writer)
        if let becomes = kind.becomes {
            writer.name("becomes")
            write(becomes, &writer)
        }
        text("rule", kind.rule, &writer)
        guard !kind.missing.isEmpty else { return }
        writer.name("missing")
        writer.beginArray()
        for missing in kind.missing {
            writer.beginObject()
            switch missing {
            case .verifiedToken: text("what", "verified_token", &writer)
            case .wholePath: text("what", "whole_path", &writer)
            case .claim(let claim):
                text("what", "claim", &writer)
                text("name", claim.text, &writer)
            case .issuer(let name):
                text("what", "issuer", &writer)
                text("name", name, &writer)
            }
            writer.endObject()
        }
        writer.endArray()
    }

    private static func write(_ verdict: ReplayReport.Verdict, _ writer: inout JSONWriter) {
        writer.beginObject()
        text("decision", verdict.outcome.rawValue, &writer)
        text("reason", verdict.reason.rawValue, &writer)
        text("shadow_reason", verdict.shadowReason?.rawValue, &writer)
        text("rule", verdict.rule, &writer)
        writer.endObject()
    }

    private static func write(_ example: ReplayReport.Example, _ writer: inout JSONWriter) {
        writer.name("line")
        writer.integer(example.line)
        text("method", example.record.method, &writer)
        text("host", example.record.host, &writer)
        text("path", example.record.path, &writer)
        text("issuer", example.record.issuer, &writer)
    }

    private static func text(_ name: String, _ value: String?, _ writer: inout JSONWriter) {
        guard let value else { return }
        writer.name(name)
        writer.string(value)
    }
}

internal import Authorization
internal import StrictJSON

/// An explanation for programs: one object.
enum ExplanationJSON {
    static func text(_ explained: ExplainedDecision) -> String {
        let decision = explained.decision
        var writer = JSONWriter()
        writer.beginObject()
        member("decision", decision.outcome.rawValue, &writer)
        member("reason", decision.reason.rawValue, &writer)
        member("shadow_reason", decision.shadowReason?.rawValue, &writer)
        member("rule", explained.rule?.name, &writer)
        member("issuer", explained.issuer, &writer)
        writer.name("now")
        writer.number(explained.clock.seconds)
        member("time", explained.utc, &writer)
        writer.name("steps")
        writer.beginArray()
        for step in explained.steps {
            writer.beginObject()
            member("step", step.step.rawValue, &writer)
            writer.name("ok")
            writer.bool(step.failure == nil)
            member("reason", step.failure?.rawValue, &writer)
            member("detail", step.detail, &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.name("headers")
        writer.beginObject()
        for header in explained.headers { member(header.name, header.value, &writer) }
        writer.endObject()
        writer.name("notes")
        writer.beginArray()
        for note in explained.notes { writer.string(note) }
        writer.endArray()
        member("advice", decision.outcome == .allow ? nil : decision.reason.advice, &writer)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func member(_ name: String, _ value: String?, _ writer: inout JSONWriter) {
        guard let value else { return }
        writer.name(name)
        writer.string(value)
    }
}

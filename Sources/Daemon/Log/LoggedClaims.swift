internal import Authorization
internal import StrictJSON

/// Claims of a verified token as fields of a line.
enum LoggedClaims {
    /// The most bytes that all claims of a line take together. One that does not fit is left out, and the line says so.
    static let maximumBytes = 1024
    /// The most bytes that the names of absent claims take.
    private static let maximumAbsentBytes = 512

    static func fields(_ facts: ClaimFacts) -> [LogField] {
        // A name that stands twice would make the line no JSON.
        var seen: Set<[UInt8]> = []
        let values = facts.values.filter { seen.insert(Array($0.claim.text.utf8)).inserted }
        let claims = joined(values.map { quoted($0.claim.text) + ":" + text($0.value) }, limit: maximumBytes)
        let absent = joined(facts.absent.map { quoted($0.text) }, limit: maximumAbsentBytes)
        var fields: [LogField] = []
        if !claims.text.isEmpty { fields.append(LogField("claims", json: "{" + claims.text + "}")) }
        if !absent.text.isEmpty { fields.append(LogField("claims_absent", json: "[" + absent.text + "]")) }
        if claims.isCut || absent.isCut { fields.append(LogField("claims_truncated", true)) }
        return fields
    }

    /// The parts that fit, with commas between them.
    private static func joined(_ parts: [String], limit: Int) -> (text: String, isCut: Bool) {
        var text = ""
        var isCut = false
        for part in parts {
            // Two brackets and a comma.
            guard text.utf8.count + part.utf8.count + 3 <= limit else {
                isCut = true
                continue
            }
            text += (text.isEmpty ? "" : ",") + part
        }
        return (text, isCut)
    }

    /// The value as it stands in the token, without blanks. As deep as the token, which is bounded.
    private static func text(_ value: JSONValue) -> String {
        switch value.content {
        case .object(let members):
            "{" + members.map { quoted($0.name) + ":" + text($0.value) }.joined(separator: ",") + "}"
        case .array(let elements): "[" + elements.map(text).joined(separator: ",") + "]"
        case .string(let text): quoted(text)
        case .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        // Cut only where the whole would not fit either.
        LogText.appendQuoted(text, limit: max(maximumBytes, text.utf8.count * 12), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

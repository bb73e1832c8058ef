/// One line of the exposition.
struct MetricSample: Sendable, Equatable {
    /// Behind the family's name: `_bucket`, `_sum`, `_count` of a histogram; else empty.
    let suffix: String
    /// `name="value",…`, escaped; empty: none.
    let labels: String
    let value: Double

    /// Labels as the exposition format writes them.
    static func text(_ labels: [(name: String, value: String)]) -> String {
        labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
    }

    /// Backslash, quote and line end are what the format escapes. Other controls have no place in a label.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }
}

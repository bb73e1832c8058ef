internal import StrictJSON

/// JSON with a member a line, for people at a terminal. Everything that a terminal would act on is escaped, so that it
/// stays JSON and shows what is there.
enum ReadableJSON {
    static func lines(_ value: JSONValue) -> [String] {
        var lines = [""]
        append(value, indent: 0, to: &lines)
        return lines
    }

    private static func append(_ value: JSONValue, indent: Int, to lines: inout [String]) {
        switch value.content {
        case .object(let members) where !members.isEmpty:
            let parts = members.map { (quoted($0.name) + ": ", $0.value) }
            append(parts, open: "{", close: "}", indent: indent, to: &lines)
        case .array(let elements) where !elements.isEmpty:
            append(elements.map { ("", $0) }, open: "[", close: "]", indent: indent, to: &lines)
        case .object: lines[lines.count - 1] += "{}"
        case .array: lines[lines.count - 1] += "[]"
        case .string(let text): lines[lines.count - 1] += quoted(text)
        case .number(let text): lines[lines.count - 1] += text
        case .bool(let flag): lines[lines.count - 1] += flag ? "true" : "false"
        case .null: lines[lines.count - 1] += "null"
        }
    }

    private static func append(
        _ parts: [(prefix: String, value: JSONValue)],
        open: String,
        close: String,
        indent: Int,
        to lines: inout [String]
    ) {
        lines[lines.count - 1] += open
        for (index, part) in parts.enumerated() {
            lines.append(String(repeating: " ", count: indent + 2) + part.prefix)
            // The depth of a parsed text is bounded by the reader's limits.
            append(part.value, indent: indent + 2, to: &lines)
            if index < parts.count - 1 { lines[lines.count - 1] += "," }
        }
        lines.append(String(repeating: " ", count: indent) + close)
    }

    private static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        var output = ""
        for scalar in String(decoding: writer.bytes, as: UTF8.self).unicodeScalars {
            if TerminalText.isPlain(scalar) {
                output.unicodeScalars.append(scalar)
            } else {
                // As UTF-16, the only escape that JSON has (RFC 8259 §7).
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return output
    }
}

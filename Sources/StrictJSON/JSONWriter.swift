/// Writes compact JSON. The caller keeps the order of calls; the writer keeps the commas and the escapes.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init() {}

    package mutating func beginObject() { open(.openBrace) }
    package mutating func endObject() { close(.closeBrace) }
    package mutating func beginArray() { open(.openBracket) }
    package mutating func endArray() { close(.closeBracket) }

    package mutating func name(_ text: some StringProtocol) {
        separate()
        quoted(String(text))
        bytes.append(.colon)
        needsComma = false
    }

    package mutating func string(_ text: some StringProtocol) {
        separate()
        quoted(String(text))
        needsComma = true
    }

    package mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }
    package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
    package mutating func null() { raw("null") }

    /// A double in its shortest form; a value that JSON cannot name is null.
    package mutating func number(_ value: Double) { raw(value.isFinite ? "\(value)" : "null") }

    /// Writes a whole tree.
    package mutating func value(_ value: JSONValue) {
        switch value.content {
        case .object(let members):
            beginObject()
            for member in members {
                name(member.name)
                self.value(member.value)
            }
            endObject()
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .string(let text): string(text)
        case .number(let text): raw(text)
        case .bool(let flag): bool(flag)
        case .null: null()
        }
    }

    private mutating func raw(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func open(_ byte: UInt8) {
        separate()
        bytes.append(byte)
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(.comma) }
    }

    // Not generic: from another module a generic text is walked through witness tables, at many times the cost.
    private mutating func quoted(_ text: String) {
        bytes.append(.quote)
        // Nearly every text is plain and goes out as it is.
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != .quote && $0 != .backslash }) {
            bytes.append(contentsOf: text.utf8)
        } else {
            for scalar in text.unicodeScalars { escaped(scalar) }
        }
        bytes.append(.quote)
    }

    /// RFC 8259 §7; also escapes DEL and the C1 controls, so that a line of output never moves a terminal's cursor.
    private mutating func escaped(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": bytes.append(contentsOf: [.backslash, .quote])
        case "\\": bytes.append(contentsOf: [.backslash, .backslash])
        case "\n": bytes.append(contentsOf: [.backslash, .lowerN])
        case "\r": bytes.append(contentsOf: [.backslash, UInt8(ascii: "r")])
        case "\t": bytes.append(contentsOf: [.backslash, .lowerT])
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": unicodeEscape(scalar)
        default: UTF8Sequence.forEachByte(of: scalar.value) { bytes.append($0) }
        }
    }

    private mutating func unicodeEscape(_ scalar: Unicode.Scalar) {
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: [.backslash, .lowerU])
        for shift in [12, 8, 4, 0] as [UInt32] { bytes.append(digits[Int(scalar.value >> shift & 0xF)]) }
    }
}

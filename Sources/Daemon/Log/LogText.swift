/// Text from anywhere, written so that it stays inside its line: whatever could end the line, steer a terminal or hide
/// from the reader stands there as a JSON escape (RFC 8259 §7).
enum LogText {
    private static let hexDigits = Array("0123456789abcdef".utf8)
    /// The sign of a cut, in UTF-8.
    private static let ellipsis: [UInt8] = [0xE2, 0x80, 0xA6]

    /// Appends `text` without quotes, at most `limit` bytes of it.
    static func append(_ text: String, limit: Int, to output: inout [UInt8]) {
        let end = output.count + max(limit, ellipsis.count)
        // Where to cut if the text does not fit: the last place that leaves room for the sign.
        var cut = output.count
        for scalar in text.unicodeScalars {
            append(scalar, to: &output)
            if output.count > end {
                output.removeSubrange(cut...)
                output.append(contentsOf: ellipsis)
                return
            }
            if output.count + ellipsis.count <= end { cut = output.count }
        }
    }

    /// Appends `text` in quotes.
    static func appendQuoted(_ text: String, limit: Int, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        append(text, limit: limit, to: &output)
        output.append(UInt8(ascii: "\""))
    }

    /// Whether `text` can stand in a line of `key=value` without quotes.
    static func isPlain(_ text: String) -> Bool {
        guard !text.isEmpty else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: Self.plainMarks.contains(byte)
            }
        }
    }

    private static let plainMarks = Set("-._~/:@%+,".utf8)

    private static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        switch scalar {
        case "\"", "\\":
            output.append(UInt8(ascii: "\\"))
            output.append(UInt8(truncatingIfNeeded: scalar.value))
        case "\n": output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
        case "\r": output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
        case "\t": output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
        default:
            if isHidden(scalar) {
                for unit in String(scalar).utf16 { appendEscape(unit, to: &output) }
            } else {
                output.append(contentsOf: String(scalar).utf8)
            }
        }
    }

    /// Controls of both sets, bidirectional and other format characters, line separators, and what has no glyph.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return scalar.value < 0x20 || scalar.value == 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return true
        default: return false
        }
    }

    private static func appendEscape(_ unit: UInt16, to output: inout [UInt8]) {
        output.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
        for shift in [12, 8, 4, 0] { output.append(hexDigits[Int(unit >> UInt16(shift) & 0xF)]) }
    }
}

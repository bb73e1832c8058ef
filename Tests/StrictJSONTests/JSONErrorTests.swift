import StrictJSON
import Testing

@Suite struct JSONErrorTests {
    @Test(arguments: [
        ("", JSONError.Code.unexpectedEnd, 0), ("   ", .unexpectedEnd, 3), ("[", .unexpectedEnd, 1),
        ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":", .unexpectedEnd, 5), ("\"abc", .unexpectedEnd, 4),
        ("\"abc\\", .unexpectedEnd, 5), ("x", .unexpectedByte, 0), ("[1,]", .unexpectedByte, 3),
        ("{\"a\":1,}", .unexpectedByte, 7), ("{a:1}", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3),
        ("{\"a\" 1}", .unexpectedByte, 5), ("[1}", .unexpectedByte, 2), ("{\"a\":1]", .unexpectedByte, 6),
        ("]", .unexpectedByte, 0), ("[,1]", .unexpectedByte, 1), ("'a'", .unexpectedByte, 0),
        ("1 2", .trailingBytes, 2), ("{} x", .trailingBytes, 3), ("[]]", .trailingBytes, 2), ("nul", .badLiteral, 0),
        ("True", .unexpectedByte, 0), ("[tru]", .badLiteral, 1), ("nan", .badLiteral, 0), ("truex", .trailingBytes, 4),
        ("01", .badNumber, 0), ("-", .badNumber, 0), ("[-a]", .badNumber, 1), ("1.", .badNumber, 0),
        ("1e", .badNumber, 0), ("1e+", .badNumber, 0), ("-01", .badNumber, 0), (".5", .unexpectedByte, 0),
        ("+1", .unexpectedByte, 0), ("0x1", .trailingBytes, 1), ("Infinity", .unexpectedByte, 0),
        (#""\x""#, .badEscape, 1), (#""a\u12G4""#, .badEscape, 2), (#""\u12"#, .badEscape, 1),
        (#""\ud800""#, .loneSurrogate, 1), (#""\udc00""#, .loneSurrogate, 1), (#""\ud800\u0041""#, .loneSurrogate, 1),
        (#""\ud800\ud800""#, .loneSurrogate, 1), ("\"a\tb\"", .controlCharacter, 2),
        ("\"\u{0}\"", .controlCharacter, 1),
        ("\"\n\"", .controlCharacter, 1), ("\u{FEFF}{}", .unexpectedByte, 0), ("\u{A0}1", .unexpectedByte, 0),
        ("[\"a\":1]", .unexpectedByte, 4), ("{\"a\":1 \"b\":2}", .unexpectedByte, 7), ("\u{B}1", .unexpectedByte, 0),
        ("\u{C}1", .unexpectedByte, 0), ("//x\n1", .unexpectedByte, 0), ("[1,,2]", .unexpectedByte, 3),
        ("{,}", .unexpectedByte, 1), ("{\"a\":1,,\"b\":1}", .unexpectedByte, 7), ("{1:1}", .unexpectedByte, 1),
        ("1e5.5", .trailingBytes, 3), ("-Infinity", .badNumber, 0),
    ])
    func a_bad_text_is_refused_with_what_is_wrong_and_where(text: String, code: JSONError.Code, offset: Int) {
        #expect(ParsedText(text).failure == JSONError(code, at: offset))
    }

    @Test(
        arguments: [
            [0x80], [0xBF], [0xC0, 0xAF], [0xC1, 0x81], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF],
            [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0xAF],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE],
            [0xFF],
            [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]]
    )
    func text_that_is_not_utf_8_is_refused(sequence: [UInt8]) {
        let bytes = [0x22, 0x61] + sequence + [0x22]
        #expect(ParsedText(bytes).failure == JSONError(.badUTF8, at: 2))
        // The same as a name.
        #expect(ParsedText([0x7B] + bytes + [0x3A, 0x30, 0x7D]).failure == JSONError(.badUTF8, at: 3))
    }

    @Test func every_scalar_at_the_edges_of_utf_8_is_accepted() {
        for value: UInt32 in [0x20, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x1_0000, 0x10_FFFF] {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = ParsedText("\"\(Character(scalar))\"")
            #expect(text.string(0).map { Array($0.unicodeScalars) } == [scalar])
        }
    }

    @Test func every_control_character_is_refused_in_a_string_and_read_as_an_escape() {
        for value in UInt8(0)..<0x20 {
            #expect(ParsedText([0x22, value, 0x22]).failure == JSONError(.controlCharacter, at: 1))
            let digits = String(value, radix: 16)
            let escaped = "\"\\u" + String(repeating: "0", count: 4 - digits.count) + digits + "\""
            #expect(ParsedText(escaped).string(0).map { Array($0.utf8) } == [value])
        }
    }

    @Test func an_error_tells_nothing_of_the_text() {
        let text = ParsedText(#"{"secret-name":"secret-value" oops"#)
        #expect(text.failure?.description == "unexpected byte, at byte 30")
    }
}

import StrictJSON
import Testing

@Suite struct JSONWriterTests {
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func commas_stand_between_values_and_nowhere_else() {
        let text = written { writer in
            writer.beginObject()
            writer.name("a")
            writer.beginArray()
            writer.integer(1)
            writer.beginArray()
            writer.endArray()
            writer.beginObject()
            writer.endObject()
            writer.string("x")
            writer.endArray()
            writer.name("b")
            writer.bool(true)
            writer.name("c")
            writer.null()
            writer.name("d")
            writer.beginObject()
            writer.name("e")
            writer.integer(-2)
            writer.endObject()
            writer.name("f")
            writer.bool(false)
            writer.endObject()
        }
        #expect(text == #"{"a":[1,[],{},"x"],"b":true,"c":null,"d":{"e":-2},"f":false}"#)
    }

    @Test(arguments: [
        ("", #""""#), ("plain é 😀", #""plain é 😀""#), ("\"\\/", #""\"\\/""#), ("\n\r\t", #""\n\r\t""#),
        ("\u{0}\u{8}\u{C}\u{1B}\u{1F}", #""\u0000\u0008\u000c\u001b\u001f""#),
        ("\u{7F}\u{80}\u{9F}\u{A0}", "\"\\u007f\\u0080\\u009f\u{A0}\""),
        ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("\r\n", #""\r\n""#),
    ])
    func what_would_end_a_string_or_move_a_cursor_is_escaped(text: String, expected: String) {
        #expect(written { $0.string(text) } == expected)
        #expect(ParsedText(expected).string(0) == text)
    }

    @Test func every_scalar_reads_back_as_it_was_written() {
        for start in stride(from: UInt32(0), to: 0x11_0000, by: 0x1000) {
            var text = ""
            for value in start..<(start + 0x1000) {
                if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
            }
            guard !text.isEmpty else { continue }
            var writer = JSONWriter()
            writer.string(text)
            let read = ParsedText(writer.bytes)
            #expect(read.failure == nil)
            #expect(read.string(0).map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
        }
    }

    @Test func numbers_that_json_cannot_name_are_null() {
        #expect(written { $0.number(.infinity) } == "null")
        #expect(written { $0.number(-.infinity) } == "null")
        #expect(written { $0.number(.nan) } == "null")
        #expect(written { $0.number(-0.0) } == "-0.0")
        #expect(written { $0.integer(UInt64.max) } == "18446744073709551615")
        #expect(written { $0.integer(Int64.min) } == "-9223372036854775808")
    }

    @Test func a_tree_reads_back_as_it_was_written() throws {
        let text = #"{"b":[1,-0.5e-3,1e400,{"":null}],"a":{"x":[[],{}]},"\n":"\u0000é","t":true,"f":false}"#
        let value = try JSONValue(parsing: Array(text.utf8).span)
        var writer = JSONWriter()
        writer.value(value)
        #expect(try Meaning(parsing: writer.bytes) == Meaning(value))
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
    }
}

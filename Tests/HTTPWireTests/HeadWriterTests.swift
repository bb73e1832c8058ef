import HTTPWire
import Testing

@Suite struct HeadWriterTests {
    @Test
    func a_status_line_has_its_phrase_or_none() {
        #expect(Self.written { HeadWriter.appendStatusLine(200, to: &$0) } == "HTTP/1.1 200 OK\r\n")
        #expect(Self.written { HeadWriter.appendStatusLine(599, to: &$0) } == "HTTP/1.1 599 \r\n")
    }

    @Test(arguments: [0, 9, 10, 11, 99, 100, 12345, 1_000_000, UInt64.max])
    func numbers_are_written_in_plain_digits(value: UInt64) {
        #expect(Self.written { HeadWriter.appendDecimal(value, to: &$0) } == String(value))
    }

    @Test
    func fields_are_written_with_their_line_end() {
        let text = Self.written { output in
            HeadWriter.appendField("A", "b", to: &output)
            HeadWriter.appendField("Content-Length", 42, to: &output)
            #expect(HeadWriter.appendChecked("X-", "c\td é", to: &output))
            HeadWriter.appendEnd(to: &output)
        }
        #expect(text == "A: b\r\nContent-Length: 42\r\nX-: c\td é\r\n\r\n")
    }

    @Test(arguments: ["a\r\nB: c", "a\rb", "a\nb", "a\u{0}b", "\r\n", "a\u{1}", "a\u{7F}"])
    func a_value_that_would_make_another_line_is_refused_and_nothing_is_written(value: String) {
        var output: [UInt8] = []
        #expect(!HeadWriter.appendChecked("X", value, to: &output))
        #expect(output.isEmpty)
    }

    @Test(arguments: ["", "a b", "a:", "a\r\n", "é"])
    func a_name_that_is_no_token_is_refused(name: String) {
        var output: [UInt8] = []
        #expect(!HeadWriter.appendChecked(name, "v", to: &output))
        #expect(output.isEmpty)
    }

    private static func written(_ body: (inout [UInt8]) -> Void) -> String {
        var output: [UInt8] = []
        body(&output)
        return String(decoding: output, as: UTF8.self)
    }
}

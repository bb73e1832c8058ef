import StrictJSON
import Testing

@Suite struct JSONLimitTests {
    private func nested(_ depth: Int, _ open: String, _ close: String, inner: String = "") -> String {
        String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    }

    @Test(arguments: [1, 2, 5, 64])
    func depth_is_allowed_up_to_the_limit_and_not_beyond(depth: Int) {
        let limits = JSONLimits(depth: depth)
        #expect(ParsedText(nested(depth, "[", "]"), limits: limits).failure == nil)
        #expect(ParsedText(nested(depth, "{\"a\":", "}", inner: "0"), limits: limits).failure == nil)
        #expect(
            ParsedText(nested(depth + 1, "[", "]"), limits: limits).failure == JSONError(.tooDeep, at: depth)
        )
        #expect(ParsedText(nested(depth + 1, "{\"a\":", "}", inner: "0"), limits: limits).failure?.code == .tooDeep)
        // Depth is how deep, not how many.
        let row = "[" + Array(repeating: nested(depth - 1, "[", "]"), count: 5).joined(separator: ",") + "]"
        if depth > 1 { #expect(ParsedText(row, limits: limits).failure == nil) }
    }

    @Test func a_hundred_thousand_opening_brackets_cost_no_stack() {
        for text in [String(repeating: "[", count: 100_000), String(repeating: "{\"\":", count: 100_000)] {
            #expect(ParsedText(text).failure?.code == .tooDeep)
            let limits = JSONLimits(depth: 1_000_000, nodes: 1_000_000)
            #expect(ParsedText(text, limits: limits).failure?.code == .unexpectedEnd)
        }
    }

    @Test func the_number_of_values_is_bounded() {
        let limits = JSONLimits(nodes: 10)
        #expect(ParsedText("[1,2,3,4,5,6,7,8,9]", limits: limits).failure == nil)
        #expect(ParsedText("[1,2,3,4,5,6,7,8,9,0]", limits: limits).failure?.code == .tooManyValues)
        // Names are counted too.
        #expect(ParsedText(#"{"a":1,"b":2,"c":3,"d":4}"#, limits: limits).failure == nil)
        #expect(ParsedText(#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}"#, limits: limits).failure?.code == .tooManyValues)
        let token = "[" + Array(repeating: "0", count: 5000).joined(separator: ",") + "]"
        #expect(ParsedText(token, limits: .token).failure?.code == .tooManyValues)
    }

    @Test func the_length_is_bounded() {
        let limits = JSONLimits(bytes: 10)
        #expect(ParsedText("\"12345678\"", limits: limits).failure == nil)
        #expect(ParsedText("\"123456789\"", limits: limits).failure == JSONError(.tooLong, at: 0))
        #expect(ParsedText("           ", limits: limits).failure?.code == .tooLong)
    }

    /// What reading only `range` of the text fails with.
    private func failure(_ text: String, in range: Range<Int>) -> JSONError? {
        let bytes = Array(text.utf8)
        var document = JSONDocument()
        let failure = document.parse(bytes.span, in: range)
        #expect(document.nodes.isEmpty == (failure != nil))
        return failure
    }

    @Test func a_range_of_a_larger_text_is_read_as_if_it_stood_alone() {
        let text = #"xx{"a":[1,2]}yy"#
        #expect(failure(text, in: 2..<13) == nil)
        // Nothing beyond the range is looked at, however well it would go on.
        for end in 3..<13 { #expect(failure(text, in: 2..<end)?.code == .unexpectedEnd) }
        #expect(failure(text, in: 2..<14) == JSONError(.trailingBytes, at: 13))
        #expect(failure(text, in: 1..<13) == JSONError(.unexpectedByte, at: 1))
        #expect(failure(text, in: 5..<5)?.code == .unexpectedEnd)
        for (text, end) in [("true", 3), ("-1", 1), (#""\u0041""#, 6), (#""\ud83d\ude00""#, 12), ("\"é\"", 2)] {
            #expect(failure(text, in: 0..<end) != nil, "\(text)")
        }
    }
}

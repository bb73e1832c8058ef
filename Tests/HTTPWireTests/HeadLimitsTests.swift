import HTTPWire
import Testing

@Suite struct HeadLimitsTests {
    @Test
    func a_request_line_of_exactly_the_limit_is_taken_and_one_byte_more_is_414() {
        let limits = HeadLimits(startLineBytes: 64, headBytes: 1024)
        let fits = "GET /\(String(repeating: "a", count: 64 - 16)) HTTP/1.1\r\nHost: a\r\n\r\n"
        #expect(ParsedRequest(fits, limits: limits).isComplete)
        let over = "GET /\(String(repeating: "a", count: 65 - 16)) HTTP/1.1\r\nHost: a\r\n\r\n"
        #expect(ParsedRequest(over, limits: limits).status == 414)
        // Without its end in sight, as soon as there is too much of it.
        #expect(ParsedRequest("GET /\(String(repeating: "a", count: 60))", limits: limits).status == 414)
        #expect(ParsedRequest("GET /\(String(repeating: "a", count: 50))", limits: limits).result == .needMore)
    }

    @Test
    func a_head_of_exactly_the_limit_is_taken_and_one_byte_more_is_431() {
        let limits = HeadLimits(headBytes: 200)
        let rest = "GET / HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n"
        for (extra, isComplete) in [(200, true), (201, false)] {
            let value = String(repeating: "v", count: extra - rest.utf8.count)
            let parsed = ParsedRequest("GET / HTTP/1.1\r\nHost: a\r\nX: \(value)\r\n\r\n", limits: limits)
            #expect(parsed.isComplete == isComplete)
            #expect(isComplete || parsed.status == 431)
        }
        let endless = "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "v", count: 500))"
        #expect(ParsedRequest(endless, limits: limits).status == 431)
    }

    @Test
    func what_follows_the_head_does_not_count_as_head() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n"
        let parsed = ParsedRequest(head + String(repeating: "b", count: 5000), limits: HeadLimits(headBytes: 100))
        #expect(parsed.result == .complete(length: head.utf8.count))
    }

    @Test
    func the_hundredth_field_is_taken_and_the_next_is_431() {
        let lines = String(repeating: "X: 1\r\n", count: 99)
        #expect(ParsedRequest.withFields(lines).isComplete)
        #expect(ParsedRequest.withFields(lines + "X: 1\r\n").status == 431)
        #expect(ParsedRequest("GET / HTTP/1.1\r\n" + String(repeating: "X: 1\r\n", count: 101)).status == 431)
    }

    @Test
    func the_defaults_are_the_documented_ones() {
        let limits = HeadLimits()
        #expect(limits.startLineBytes == 8192 && limits.headBytes == 16384 && limits.fields == 100)
    }

    @Test
    func a_method_longer_than_any_is_501() {
        #expect(ParsedRequest(String(repeating: "A", count: 33)).status == 501)
        #expect(ParsedRequest(String(repeating: "A", count: 32)).result == .needMore)
    }
}

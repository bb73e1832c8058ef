import HTTPWire
import Testing

@Suite struct RequestFramingTests {
    @Test(arguments: [
        ("", BodyFraming.none), ("Content-Length: 0\r\n", .length(0)), ("Content-Length: 42\r\n", .length(42)),
        ("Content-Length: 007\r\n", .length(7)), ("content-LENGTH:\t3 \r\n", .length(3)),
        ("Content-Length: 9223372036854775807\r\n", .length(9_223_372_036_854_775_807)),
        ("Transfer-Encoding: chunked\r\n", .chunked), ("transfer-encoding:CHUNKED\r\n", .chunked),
        ("Transfer_Encoding: chunked\r\n", .none),
    ])
    func framing_is_what_the_two_fields_say(lines: String, framing: BodyFraming) {
        let parsed = ParsedRequest.withFields(lines)
        #expect(parsed.isComplete && parsed.head.framing == framing)
    }

    @Test(arguments: [
        ("Content-Length:\r\n", 400), ("Content-Length: +1\r\n", 400), ("Content-Length: -1\r\n", 400),
        ("Content-Length: 1 2\r\n", 400), ("Content-Length: 1,1\r\n", 400), ("Content-Length: 0x1\r\n", 400),
        ("Content-Length: 1.0\r\n", 400), ("Content-Length: ١\r\n", 400),
        ("Content-Length: 9223372036854775808\r\n", 400),
        ("Content-Length: 99999999999999999999999\r\n", 400), ("Content-Length: 1\r\nContent-Length: 1\r\n", 400),
        ("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", 400),
        ("Transfer-Encoding: x\r\nContent-Length: 1\r\n", 400),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400), ("Transfer-Encoding:\r\n", 501),
        ("Transfer-Encoding: gzip, chunked\r\n", 501), ("Transfer-Encoding: chunked, chunked\r\n", 501),
        ("Transfer-Encoding: ,chunked\r\n", 501), ("Transfer-Encoding: \"chunked\"\r\n", 501),
        ("Transfer-Encoding: xchunked\r\n", 501), ("Transfer-Encoding: chunked;q=1\r\n", 501),
        ("Transfer-Encoding: identity\r\n", 501), ("Transfer-Encoding: \u{A0}chunked\r\n", 501),
    ])
    func ambiguous_framing_is_refused(lines: String, status: UInt16) {
        #expect(ParsedRequest.withFields(lines).status == status)
    }

    @Test
    func HTTP_1_0_has_no_transfer_coding() {
        let parsed = ParsedRequest("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")
        #expect(parsed.code == .transferCodingNotAllowed)
    }

    @Test(arguments: [
        ("1.1", "", true), ("1.1", "Connection: close\r\n", false), ("1.1", "Connection: Close\r\n", false),
        ("1.1", "Connection: x, close\r\n", false), ("1.1", "Connection: keep-alive, close\r\n", false),
        ("1.1", "Connection: x\r\nConnection: ,, close ,\r\n", false), ("1.1", "Connection: closed\r\n", true),
        ("1.1", "Connection: close x\r\n", true), ("1.1", "Proxy-Connection: close\r\n", false), ("1.0", "", false),
        ("1.0", "Connection: keep-alive\r\n", true), ("1.0", "Connection: Keep-Alive\r\n", true),
        ("1.0", "Proxy-Connection: keep-alive\r\n", false), ("1.0", "Connection: keep-alive, close\r\n", false),
    ])
    func persistence_follows_the_version_and_the_Connection_options(version: String, lines: String, persists: Bool) {
        let parsed = ParsedRequest("GET / HTTP/\(version)\r\nHost: a\r\n\(lines)\r\n")
        #expect(parsed.isComplete && parsed.head.keepAlive == persists)
    }

    @Test
    func more_Connection_options_than_anybody_needs_are_refused() {
        let many = String(repeating: "a,", count: 65)
        #expect(ParsedRequest.withFields("Connection: \(many)\r\n").code == .connectionOptionsTooMany)
        #expect(ParsedRequest.withFields("Connection: \(many.dropLast(2))\r\n").isComplete)
    }

    @Test
    func only_100_continue_may_be_expected_and_only_with_a_body() {
        #expect(ParsedRequest.withFields("Expect: 100-Continue\r\nContent-Length: 1\r\n").head.expectsContinue)
        #expect(ParsedRequest.withFields("Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n").head.expectsContinue)
        #expect(!ParsedRequest.withFields("Expect: 100-continue\r\n").head.expectsContinue)
        #expect(!ParsedRequest.withFields("Expect: 100-continue\r\nContent-Length: 0\r\n").head.expectsContinue)
        #expect(ParsedRequest.withFields("Expect: x 100-continue\r\n").status == 417)
        #expect(ParsedRequest.withFields("Expect: 100-continue\r\nExpect: more\r\n").status == 417)
        let old = ParsedRequest("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")
        #expect(old.isComplete && !old.head.expectsContinue)
    }

    @Test
    func an_upgrade_needs_both_fields_and_HTTP_1_1() {
        #expect(ParsedRequest.withFields("Connection: x, Upgrade\r\nUpgrade: websocket\r\n").head.asksForUpgrade)
        #expect(!ParsedRequest.withFields("Upgrade: websocket\r\n").head.asksForUpgrade)
        #expect(!ParsedRequest.withFields("Connection: upgrade\r\n").head.asksForUpgrade)
        #expect(!ParsedRequest("GET / HTTP/1.0\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n").head.asksForUpgrade)
    }

    @Test
    func nothing_of_one_request_is_left_in_the_next() {
        let first = Array(
            ("POST http://x/ HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: y\r\nContent-Length: 9\r\n"
                + "Expect: 100-continue\r\nCookie: a\r\n\r\n").utf8
        )
        let second = Array("GET /p HTTP/1.0\r\nAccept: */*\r\n\r\n".utf8)
        var head = RequestHead()
        var parser = RequestHeadParser()
        #expect(parser.parse(first, into: &head) == .complete(length: first.count))
        #expect(head.expectsContinue && head.asksForUpgrade && head.keepAlive && head.host != nil)
        #expect(head.framing == .length(9) && head.fields.contains(.cookie))
        #expect(parser.parse(second, into: &head) == .complete(length: second.count))
        #expect(!head.expectsContinue && !head.asksForUpgrade && !head.keepAlive && head.host == nil)
        #expect(head.framing == .none && !head.fields.contains(.cookie) && head.fields.list.count == 1)
        #expect(head.targetForm == .origin && head.version == .http10 && head.method == .get)
    }
}

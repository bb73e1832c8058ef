import HTTPWire
import Testing

@Suite struct ResponseHeadTests {
    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\n\r\n", 200, "OK"), ("HTTP/1.1 200 \r\n\r\n", 200, ""), ("HTTP/1.1 200\r\n\r\n", 200, ""),
        ("HTTP/1.0 404 Not  Found at all\r\n\r\n", 404, "Not  Found at all"), ("\r\nHTTP/1.1 599 x\r\n\r\n", 599, "x"),
    ])
    func a_status_line_gives_status_and_reason(text: String, status: UInt16, reason: String) {
        let parsed = ParsedResponse(text)
        #expect(parsed.isComplete && parsed.head.status == status && parsed.text(parsed.head.reason) == reason)
    }

    @Test(arguments: [
        "HTTP/1.2 200 OK\r\n", "HTTP/2.0 200 OK\r\n", "HTTP/01.1 200 OK\r\n", "HTTP/1.1\t200 OK\r\n",
        "HTTP/1.1  200 OK\r\n",
        "HTTP/1.1 20 OK\r\n", "HTTP/1.1 2000 OK\r\n", "HTTP/1.1 099 OK\r\n", "HTTP/1.1 600 OK\r\n",
        "HTTP/1.1 2x0 OK\r\n",
        "HTTP/1.1 200 O\u{1}K\r\n", "HTTP/1.1 200 OK\n", "HTTP/1.1 200 OK\r\r", "http/1.1 200 OK\r\n", "ICY 200 OK\r\n",
        "hi\n",
        "\u{16}\u{3}", " HTTP/1.1 200 OK\r\n", "\r\n\r\nHTTP/1.1 200 OK\r\n", "HTTP/1.1\r\n",
        "HTTP/1.1 200 OK\r\nX : 1\r\n",
        "HTTP/1.1 200 OK\r\nX: 1\r\n Y: 2\r\n", "HTTP/1.1 200 OK\r\nX: \u{0}\r\n",
    ])
    func anything_else_is_a_502(text: String) {
        guard case .refused(let refusal) = ParsedResponse(text).result else {
            Issue.record("\(text.debugDescription) was not refused")
            return
        }
        #expect(refusal.status == 502)
    }

    @Test(
        arguments: [
            (200, "", BodyFraming.untilClose, false), (200, "Content-Length: 3\r\n", .length(3), true),
            (200, "Transfer-Encoding: chunked\r\n", .chunked, true), (204, "", .none, true),
            (204, "Content-Length: 0\r\n", .none, true),
            (204, "Content-Length: 5\r\n", .none, false), (204, "Transfer-Encoding: chunked\r\n", .none, false),
            (304, "Content-Length: 5\r\n", .none, true), (304, "Transfer-Encoding: chunked\r\n", .none, true),
            (200, "Content-Length: 3\r\nConnection: close\r\n", .length(3), false),
            (404, "Content-Length: 0\r\n", .length(0), true),
        ] as [(UInt16, String, BodyFraming, Bool)]
    )
    func framing_follows_the_status_and_the_fields(status: UInt16, lines: String, framing: BodyFraming, keepAlive: Bool)
    {
        let parsed = ParsedResponse("HTTP/1.1 \(status) x\r\n\(lines)\r\n")
        #expect(parsed.isComplete && parsed.head.framing == framing && parsed.head.keepAlive == keepAlive)
    }

    @Test
    func a_response_to_HEAD_has_no_body_but_keeps_its_length() {
        let parsed = ParsedResponse(
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
            for: ResponseContext(requestWasHead: true)
        )
        #expect(parsed.head.framing == .none && parsed.head.declaredLength == 9 && parsed.head.keepAlive)
    }

    @Test
    func HTTP_1_0_persists_only_when_it_says_so() {
        #expect(!ParsedResponse("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n").head.keepAlive)
        #expect(ParsedResponse("HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n").head.keepAlive)
        #expect(!ParsedResponse("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\n").head.keepAlive)
    }

    @Test(arguments: [
        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 1\r\nContent-Length: 1\r\n",
        "Content-Length: 2x\r\n",
        "Content-Length: 1, 1\r\n", "Transfer-Encoding: gzip\r\n", "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    ])
    func ambiguous_framing_is_refused_for_every_status_and_method(lines: String) {
        for status in [200, 204, 304] {
            let text = "HTTP/1.1 \(status) x\r\n\(lines)\r\n"
            #expect(ParsedResponse(text).code != nil)
            #expect(ParsedResponse(text, for: ResponseContext(requestWasHead: true)).code != nil)
        }
    }

    @Test
    func interim_responses_have_no_body_and_are_bounded() {
        #expect(ParsedResponse("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n").head.isInterim)
        #expect(ParsedResponse("HTTP/1.1 100 C\r\nContent-Length: 3\r\n\r\n").code == .framingContradictory)
        #expect(ParsedResponse("HTTP/1.1 100 C\r\nTransfer-Encoding: chunked\r\n\r\n").code == .framingContradictory)
        let bytes = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
        var head = ResponseHead()
        var parser = ResponseHeadParser(interimLimit: 3)
        for _ in 0..<2 {
            for _ in 0..<3 { #expect(parser.parse(bytes, into: &head) == .complete(length: bytes.count)) }
            parser.beginExchange()
        }
        for _ in 0..<3 { _ = parser.parse(bytes, into: &head) }
        #expect(parser.parse(bytes, into: &head) == .refused(HTTPRefusal(upstream: .interimResponsesTooMany)))
    }

    @Test
    func a_101_is_taken_only_when_an_upgrade_was_asked_for() {
        let text = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
        #expect(ParsedResponse(text).code == .statusNotExpected)
        let asked = ResponseContext(requestAskedForUpgrade: true)
        let parsed = ParsedResponse(text, for: asked)
        #expect(parsed.isComplete && parsed.head.framing == .none && !parsed.head.isInterim)
        #expect(ParsedResponse("HTTP/1.1 101 x\r\n\r\n", for: asked).code == .statusNotExpected)
    }

    @Test
    func a_head_is_the_same_wherever_it_is_cut() {
        let bytes = Array(
            "HTTP/1.1 200 OK\r\nX: \(String(repeating: "v", count: 200))\r\nContent-Length: 3\r\n\r\n".utf8
        )
        for cut in 0..<bytes.count {
            var head = ResponseHead()
            var parser = ResponseHeadParser()
            let part = Array(bytes[..<cut])
            #expect(parser.parse(part, into: &head) == .needMore)
            #expect(parser.parse(bytes, into: &head) == .complete(length: bytes.count))
            #expect(head.framing == .length(3) && head.fields.list.count == 2)
        }
    }

    @Test
    func heads_are_bounded() {
        #expect(ParsedResponse("HTTP/1.1 200 OK\r\nX: \(String(repeating: "v", count: 70_000))").code == .headTooLarge)
        #expect(
            ParsedResponse("HTTP/1.1 200 OK\r\n" + String(repeating: "X: 1\r\n", count: 257)).code == .tooManyFields
        )
        #expect(ParsedResponse("HTTP/1.1 200 \(String(repeating: "r", count: 9000))").code == .statusLineMalformed)
    }
}

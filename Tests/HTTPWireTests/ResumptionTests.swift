import HTTPWire
import Testing

@Suite struct ResumptionTests {
    private static let request = Array(
        ("POST /path?query HTTP/1.1\r\nHost: a.example\r\nX-Long: \(String(repeating: "v", count: 300))\r\n"
            + "Content-Length: 3\r\n\r\n")
            .utf8
    )

    @Test
    func a_head_in_two_parts_is_the_same_wherever_it_is_cut() {
        for cut in 0..<Self.request.count {
            var head = RequestHead()
            var parser = RequestHeadParser()
            let part = Array(Self.request[..<cut])
            #expect(parser.parse(part, into: &head) == .needMore)
            #expect(parser.isInsideHead == (cut > 1))
            #expect(parser.parse(Self.request.span, into: &head) == .complete(length: Self.request.count))
            #expect(head.framing == .length(3) && head.fields.list.count == 3)
        }
    }

    @Test
    func connections_that_share_one_head_do_not_mix() {
        var head = RequestHead()
        var slow = RequestHeadParser()
        var quick = RequestHeadParser()
        let other = Array("GET /other HTTP/1.0\r\nCookie: c\r\n\r\n".utf8)
        for length in 1..<Self.request.count {
            let part = Array(Self.request[..<length])
            #expect(slow.parse(part, into: &head) == .needMore)
            #expect(quick.parse(other, into: &head) == .complete(length: other.count))
        }
        #expect(slow.parse(Self.request.span, into: &head) == .complete(length: Self.request.count))
        #expect(!head.fields.contains(.cookie) && head.fields.list.count == 3 && head.method == .post)
        #expect(Array(Self.request[head.target.range]) == Array("/path?query".utf8))
    }

    @Test
    func a_parser_that_refused_never_accepts_again() {
        var head = RequestHead()
        var parser = RequestHeadParser()
        let bad = Array("GET / HTTP/1.1\n".utf8)
        let refused = parser.parse(bad, into: &head)
        #expect(refused == .refused(HTTPRefusal(.versionMalformed)))
        #expect(parser.parse(Self.request.span, into: &head) == refused)
    }

    @Test(arguments: [
        "GET / HTTP/1.e: x\r\n", "GET / HTTP/ 1.\r\n", "GET / HT\u{1} /1.1\r\n", "GET / HTTP/1.1 \r\n", "GET / x y\r\n",
        "GET / HTTP/1.1x\r\n", "GET / HTTP/2.0\r\n", "GET / HTTP/1.1\rx\r\n", "GET / \u{7F}TTP/1 1\r\n",
    ])
    func a_broken_version_is_refused_for_the_same_reason_wherever_it_is_cut(line: String) {
        let whole = ParsedRequest(line).code
        #expect(whole != nil)
        let bytes = Array(line.utf8)
        for cut in bytes.indices {
            var session = WireSession()
            session.receive(bytes[..<cut])
            session.receive(bytes[cut...])
            #expect(session.refusal?.code == whole)
        }
        var session = WireSession()
        for byte in bytes { session.receive([byte]) }
        #expect(session.refusal?.code == whole)
    }

    @Test
    func garbage_shows_before_its_line_ends() {
        var session = WireSession()
        session.receive(Array("GET / HTTP/1.1\r\nHost: a\r\nX Y".utf8))
        #expect(session.refusal?.code == .fieldNameMalformed)
    }
}

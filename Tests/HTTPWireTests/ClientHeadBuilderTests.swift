import HTTPWire
import Testing

@Suite struct ClientHeadBuilderTests {
    @Test
    func a_response_goes_out_without_the_upstreams_connection() {
        let text =
            "HTTP/1.0 200 Fine\r\nServer: x\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 1\r\n"
            + "Content-Length: 2\r\n"
            + "Set-Cookie: a\r\nSet-Cookie: b\r\nUpgrade: h2c\r\nX-Internal: 1\r\n\r\n"
        let output = Self.rewritten(text, stripped: ["x_internal"])
        #expect(
            output == "HTTP/1.1 200 Fine\r\nServer: x\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 2\r\n\r\n"
        )
    }

    @Test(arguments: [
        ("", HTTPVersion.http11, "Transfer-Encoding: chunked\r\n\r\n"), ("", .http10, "Connection: close\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", .http11, "Transfer-Encoding: chunked\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", .http10, "Connection: close\r\n\r\n"),
        ("Content-Length: 0\r\n", .http11, "Content-Length: 0\r\n\r\n"),
        ("Content-Length: 1\r\n", .http10, "Content-Length: 1\r\nConnection: keep-alive\r\n\r\n"),
    ])
    func the_body_is_framed_as_the_client_can_read_it(lines: String, version: HTTPVersion, end: String) {
        let output = Self.rewritten("HTTP/1.1 200 OK\r\n\(lines)\r\n", version: version)
        #expect(output == "HTTP/1.1 200 OK\r\n\(end)")
    }

    @Test
    func responses_without_a_body_keep_their_length_except_204() {
        let head = Self.rewritten(
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
            context: ResponseContext(requestWasHead: true)
        )
        #expect(head == "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
        #expect(
            Self.rewritten("HTTP/1.1 304 NM\r\nContent-Length: 9\r\n\r\n")
                == "HTTP/1.1 304 NM\r\nContent-Length: 9\r\n\r\n"
        )
        #expect(Self.rewritten("HTTP/1.1 204 NC\r\nContent-Length: 9\r\n\r\n") == "HTTP/1.1 204 NC\r\n\r\n")
    }

    @Test
    func a_connection_that_ends_says_so() {
        let output = Self.rewritten("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n", keepAlive: false)
        #expect(output == "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n")
    }

    @Test
    func interim_responses_and_upgrades_have_their_own_ends() {
        let builder = ClientHeadBuilder()
        let hints = ParsedResponse("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        var output: [UInt8] = []
        builder.begin(hints.head, hints.bytes.span, to: &output)
        builder.endInterim(to: &output)
        #expect(output == hints.bytes)
        let asked = ResponseContext(requestAskedForUpgrade: true)
        let upgrade = ParsedResponse(
            "HTTP/1.1 101 S\r\nConnection: x, upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: y\r\n\r\n",
            for: asked
        )
        output = []
        builder.begin(upgrade.head, upgrade.bytes.span, to: &output)
        builder.endUpgrade(upgrade.head, upgrade.bytes.span, to: &output)
        #expect(
            String(decoding: output, as: UTF8.self)
                == "HTTP/1.1 101 S\r\nSec-WebSocket-Accept: y\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
        )
    }

    private static func rewritten(
        _ text: String,
        stripped: [String] = [],
        version: HTTPVersion = .http11,
        keepAlive: Bool = true,
        context: ResponseContext = ResponseContext(),
    ) -> String {
        let parsed = ParsedResponse(text, for: context)
        #expect(parsed.isComplete)
        let builder = ClientHeadBuilder(stripped: FoldedNameSet(stripped))
        var output: [UInt8] = []
        builder.begin(parsed.head, parsed.bytes.span, to: &output)
        let framing = ClientHeadBuilder.framing(of: parsed.head, forClient: version)
        builder.end(parsed.head, framing: framing, forClient: version, keepAlive: keepAlive, to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

import HTTPWire
import Testing

@Suite struct UpstreamHeadBuilderTests {
    private static let builder = UpstreamHeadBuilder(
        stripped: FoldedNameSet(["X-Auth-Request-User", "Remote-User"]),
        fallbackHost: Array("upstream".utf8)
    )

    @Test
    func the_head_goes_out_with_the_target_as_it_came() {
        let text =
            "POST /a%2Fb//c/./d?x=%00&y HTTP/1.1\r\nHost: A.example:80\r\nAccept: */*\r\nContent-Length: 03\r\n\r\n"
        #expect(
            Self.rewritten(text)
                == "POST /a%2Fb//c/./d?x=%00&y HTTP/1.1\r\nHost: A.example:80\r\nAccept: */*\r\n"
                + "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: A.example:80\r\n"
                + "Content-Length: 3\r\n\r\n"
        )
    }

    @Test(arguments: [
        ("GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1", "upstream"),
        ("GET http://h?q HTTP/1.1\r\nHost: x\r\n\r\n", "GET /?q HTTP/1.1", "h"),
        ("GET http://h HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1", "h"),
        ("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * HTTP/1.1", "x"),
    ])
    func other_forms_and_versions_become_HTTP_1_1_in_origin_form(text: String, line: String, host: String) {
        #expect(Self.rewritten(text).hasPrefix("\(line)\r\nHost: \(host)\r\n"))
    }

    @Test(arguments: [
        "X-Forwarded-For: 1", "x-forwarded-proto: https", "X-Forwarded-Anything: x", "X_Forwarded_For: 1",
        "X.Forwarded.Host: x",
        "Forwarded: for=1", "X-Real-IP: 1", "X-Original-URL: /", "X-Original-URI: /", "X-Rewrite-URL: /",
        "X.Rewrite.Url: /",
        "X-Auth-Request-User: root", "X_Auth_Request_User: root", "x.auth.request.user: root", "REMOTE_USER: root",
        "Remote.User: r",
        "Transfer_Encoding: chunked", "Transfer.Encoding: chunked", "Content_Length: 5", "Content.Length: 5",
        "HOST_: x",
        "Connection: close", "Keep-Alive: 1", "Upgrade: h2c", "HTTP2-Settings: A", "TE: trailers", "Trailer: X",
        "Expect: 100-continue",
        "Proxy-Connection: close", "Proxy-Authorization: x", "Connection: X-Named\r\nX-Named: 1", "Any_Name: 1",
    ])
    func what_a_client_must_not_say_does_not_arrive(lines: String) {
        let plain = Self.rewritten("GET / HTTP/1.1\r\nHost: a\r\nX-Kept: 1\r\n\r\n")
        #expect(Self.rewritten("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\nX-Kept: 1\r\n\r\n") == plain)
    }

    @Test(arguments: [
        "Authorization: Bearer x", "Cookie: a", "X.Custom: 1", "X-Request-Id: 1", "Via: 1.1 x", "X-Forward: 1",
    ])
    func everything_else_arrives(line: String) {
        #expect(Self.rewritten("GET / HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n").contains("\r\n\(line)\r\n"))
    }

    @Test
    func underscore_names_arrive_when_they_are_wanted_but_aliases_do_not() {
        let builder = UpstreamHeadBuilder(
            stripped: FoldedNameSet(["X-Id"]),
            fallbackHost: [],
            keepsUnderscoreNames: true
        )
        let text =
            "GET / HTTP/1.1\r\nHost: a\r\nmy_name: 1\r\nX_Id: 2\r\nContent_Length: 3\r\nX_Forwarded_For: 4\r\n\r\n"
        let output = Self.rewritten(text, with: builder)
        #expect(output.contains("my_name: 1"))
        #expect(!output.contains("X_Id") && !output.contains("Content_Length") && !output.contains("X_Forwarded"))
    }

    @Test
    func what_authd_adds_cannot_be_named_away() {
        let text =
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: X-Auth-Request-User, Host, Content-Length\r\n"
            + "Content-Length: 2\r\n\r\n"
        let output = Self.rewritten(text, identity: "alice")
        #expect(output.contains("\r\nX-Auth-Request-User: alice\r\n"))
        #expect(output.contains("\r\nHost: a\r\n") && output.contains("\r\nContent-Length: 2\r\n"))
    }

    @Test
    func a_chunked_body_is_announced_as_one() {
        let text = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:CHUNKED\r\n\r\n"
        #expect(Self.rewritten(text).hasSuffix("\r\nTransfer-Encoding: chunked\r\n\r\n"))
    }

    @Test
    func an_upgrade_goes_out_only_when_the_caller_says_so() {
        let text = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
        #expect(!Self.rewritten(text).lowercased().contains("upgrade"))
        let output = Self.rewritten(text, upgrades: true)
        #expect(output.contains("\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"))
    }

    @Test
    func what_goes_out_is_read_as_the_same_request_again() {
        let text = "PUT /x?y HTTP/1.1\r\nHost: a\r\nX: \t v \r\nContent-Length: 7\r\nCookie: c\r\n\r\n"
        let again = ParsedRequest(Self.rewritten(text))
        #expect(
            again.isComplete && again.head.method == .put && again.head.framing == .length(7) && again.head.keepAlive
        )
        #expect(again.text(again.head.target) == "/x?y")
    }

    private static func rewritten(
        _ text: String,
        with builder: UpstreamHeadBuilder = builder,
        identity: String? = nil,
        upgrades: Bool = false,
    ) -> String {
        let parsed = ParsedRequest(text)
        #expect(parsed.isComplete, "\(text.debugDescription)")
        let client = ForwardedClient(address: Array("192.0.2.1".utf8), isTLS: false)
        var output: [UInt8] = []
        builder.begin(parsed.head, parsed.bytes.span, from: client, upgrades: upgrades, to: &output)
        if let identity {
            #expect(HeadWriter.appendChecked("X-Auth-Request-User", identity, to: &output))
        }
        builder.end(parsed.head, to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

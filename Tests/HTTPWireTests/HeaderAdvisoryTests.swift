import HTTPWire
import Testing

/// How others were led to lose, keep or mistake a field. The advisories stand in `docs/advisories.md`.
@Suite struct HeaderAdvisoryTests {
    // CVE-2021-40346: a name whose length is cut to one byte became another name.
    @Test(arguments: ["Content-Length", "Transfer-Encoding", "Host", "Authorization", "X-Original-URI"])
    func a_name_longer_than_any_is_no_other_name(name: String) {
        for padding in [1, 255, 256, 257, 512, 4096] {
            let long = String(repeating: "a", count: padding)
            for spelling in [name + long, long + name, "\(name)-\(long)"] {
                let parsed = ParsedRequest.withFields("\(spelling): 5\r\n")
                #expect(parsed.isComplete && parsed.head.framing == .none, "\(padding)")
                #expect(parsed.head.fields.list.last?.known == .other)
                #expect(parsed.text(parsed.head.host) == "a")
            }
        }
    }

    // CVE-2026-33433: whatever the operator's spelling and the client's, they are one field.
    @Test(arguments: ["X-Auth-User", "x-auth-user", "X-AUTH-USER", "x-Auth-uSER", "X_Auth_User", "x.auth.user"])
    func an_identity_header_is_taken_away_however_it_is_spelt_on_either_side(configured: String) {
        let builder = UpstreamHeadBuilder(stripped: FoldedNameSet([configured]), fallbackHost: [])
        for spelling in ["X-Auth-User", "x-auth-user", "X-AUTH-USER", "X_AUTH_USER", "X-Auth_User", "x.auth-user"] {
            let output = rewritten("GET / HTTP/1.1\r\nHost: a\r\n\(spelling): root\r\nX-Other: 1\r\n\r\n", builder)
            #expect(!output.contains("root") && output.contains("X-Other: 1"), "\(spelling)")
        }
    }

    // CVE-2026-57209: what would end the value of a forwarded field and begin another never gets that far.
    @Test(arguments: [
        "a;for=127.0.0.1", "a\";for=127.0.0.1", "a,b", "a, for=127.0.0.1", "a;proto=https", "a b", "a\tb", "\"a\"",
        "a?x",
        "a#x", "a/x", "a\\x", "a@b", "a%0d%0aX:1",
    ])
    func a_host_that_says_more_than_a_host_is_refused_or_stays_one_value(host: String) {
        let parsed = ParsedRequest("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
        guard parsed.isComplete else {
            #expect(parsed.code == .hostMalformed)
            return
        }
        // RFC 3986 §3.2.2 lets a name have `;` and `=`. No `Forwarded` is written, whose parameters these would be.
        let output = rewritten(
            "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n",
            UpstreamHeadBuilder(stripped: FoldedNameSet([]), fallbackHost: [])
        )
        #expect(output.contains("\r\nX-Forwarded-Host: \(host)\r\n"))
        #expect(!output.contains("\r\nForwarded:"))
    }

    // CVE-2023-25725: a field without a name must not hide those behind it.
    @Test(arguments: [":", ": 1", ":x", " : 1", "\t: 1"])
    func a_field_without_a_name_refuses_the_whole_head(line: String) {
        #expect(ParsedRequest.withFields("\(line)\r\nContent-Length: 5\r\n").status == 400)
        #expect(ParsedRequest.withFields("Content-Length: 5\r\n\(line)\r\n").status == 400)
        let response = ParsedResponse("HTTP/1.1 200 OK\r\n\(line)\r\nContent-Length: 5\r\n\r\n")
        #expect(response.code != nil)
    }

    // CVE-2021-43824, CVE-2026-71324: no tunnel, whatever the target looks like.
    @Test(arguments: ["a:443", "/", "a", "*", "http://a/", "[::1]:443", "/admin", "a:443/../x"])
    func connect_is_refused_with_every_target(target: String) {
        let parsed = ParsedRequest("CONNECT \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(!parsed.isComplete && parsed.status != nil)
        // Another letter case is another method, and then the target must be one of its own.
        #expect(ParsedRequest("connect a:443 HTTP/1.1\r\nHost: a\r\n\r\n").status == 400)
    }

    private func rewritten(_ text: String, _ builder: UpstreamHeadBuilder) -> String {
        let parsed = ParsedRequest(text)
        #expect(parsed.isComplete, "\(text.debugDescription)")
        let client = ForwardedClient(address: Array("192.0.2.1".utf8), isTLS: false)
        var output: [UInt8] = []
        builder.begin(parsed.head, parsed.bytes.span, from: client, to: &output)
        builder.end(parsed.head, to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

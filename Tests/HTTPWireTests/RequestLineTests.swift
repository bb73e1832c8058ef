import HTTPWire
import Testing

@Suite struct RequestLineTests {
    @Test
    func method_target_and_version_are_ranges_of_the_input() {
        let parsed = ParsedRequest("DELETE /a/b?c=d%20e HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(parsed.isComplete)
        #expect(parsed.head.method == .delete)
        #expect(parsed.text(parsed.head.methodName) == "DELETE")
        #expect(parsed.text(parsed.head.target) == "/a/b?c=d%20e")
        #expect(parsed.head.targetForm == .origin)
        #expect(parsed.head.version == .http11)
    }

    @Test(arguments: [
        ("GET", RequestMethod.get), ("HEAD", .head), ("POST", .post), ("PUT", .put), ("PATCH", .patch),
        ("DELETE", .delete), ("OPTIONS", .options), ("TRACE", .trace), ("get", .other), ("PROPFIND", .other),
        ("X-ODD.METHOD", .other), ("GETX", .other),
    ])
    func any_token_is_a_method(name: String, method: RequestMethod) {
        let parsed = ParsedRequest("\(name) / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(parsed.isComplete && parsed.head.method == method)
        #expect(parsed.text(parsed.head.methodName) == name)
    }

    @Test(arguments: [
        ("CONNECT a:443 HTTP/1.1\r\n", 405), ("GET / HTTP/1.2\r\n", 505), ("GET / HTTP/2.0\r\n", 505),
        ("GET / HTTP/0.9\r\n", 505), ("PRI * HTTP/2.0\r\n", 505), ("GET / HTTP/11\r\n", 400),
        ("GET / http/1.1\r\n", 400),
        ("GET / HTTP/1.10\r\n", 400), ("GET / HTTP/01.1\r\n", 400), ("GET /\r\n", 400), ("GET  / HTTP/1.1\r\n", 400),
        ("GET /  HTTP/1.1\r\n", 400), ("GET / HTTP/1.1 \r\n", 400), ("GET / a HTTP/1.1\r\n", 400),
        (" GET / HTTP/1.1\r\n", 400),
        ("GET\t/ HTTP/1.1\r\n", 400), ("GET /\tHTTP/1.1\r\n", 400), ("GE(T / HTTP/1.1\r\n", 400),
        ("GET / HTTP/1.1\n", 400),
        ("GET / HTTP/1.1\r\r", 400), ("GET / HTTP/1.1\rX", 400), ("\nGET / HTTP/1.1\r\n", 400),
        ("\r\n\r\nGET / HTTP/1.1\r\n", 400), ("GET /a#b HTTP/1.1\r\n", 400), ("GET /\u{7F} HTTP/1.1\r\n", 400),
        ("GET /é HTTP/1.1\r\n", 400), ("GET a HTTP/1.1\r\n", 400), ("GET * HTTP/1.1\r\n", 400),
        ("GET ** HTTP/1.1\r\n", 400),
        ("GET \\a HTTP/1.1\r\n", 400), ("GET ftp://a/ HTTP/1.1\r\n", 400), ("GET http://u@a/ HTTP/1.1\r\n", 400),
        ("GET http:///x HTTP/1.1\r\n", 400), ("GET a:80 HTTP/1.1\r\n", 400), ("GET / ICE/1.0\r\n", 400),
        ("SSH-2.0-OpenSSH_9.2p1\r\n", 400), ("HELO x\r\n", 400), ("*1\r\n$4\r\n", 400), ("\u{16}\u{3}\u{1}", 400),
    ])
    func what_is_no_request_line_is_refused_at_the_latest_at_its_end(text: String, status: UInt16) {
        #expect(ParsedRequest(text).status == status, "\(text.debugDescription)")
    }

    @Test
    func a_TLS_hello_is_refused_at_its_first_byte() {
        #expect(ParsedRequest("\u{16}").status == 400)
    }

    @Test
    func one_empty_line_in_front_is_ignored() {
        let parsed = ParsedRequest("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(parsed.isComplete && parsed.text(parsed.head.methodName) == "GET")
    }

    @Test(arguments: [
        ("http://h.example:81/p?q", "h.example:81", "/p?q"), ("HTTP://h?x", "h", "?x"), ("https://h", "h", ""),
        ("http://[::1]:8/", "[::1]:8", "/"),
    ])
    func the_authority_of_an_absolute_target_replaces_the_Host_field(target: String, host: String, path: String) {
        let parsed = ParsedRequest("GET \(target) HTTP/1.1\r\nHost: other\r\n\r\n")
        #expect(parsed.isComplete && parsed.head.targetForm == .absolute)
        #expect(parsed.text(parsed.head.host) == host)
        #expect(parsed.text(parsed.head.pathAndQuery) == path)
        #expect(parsed.text(parsed.head.target) == target)
    }

    @Test
    func an_asterisk_is_for_OPTIONS_only() {
        let parsed = ParsedRequest("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(parsed.isComplete && parsed.head.targetForm == .asterisk)
    }
}

import HTTPWire
import Testing

@Suite struct HostTests {
    @Test(arguments: [
        "a", "A.example", "a.example.", "a.example:", "a.example.:8080", "127.0.0.1:65535", "[::1]", "[::]:1",
        "[1:2:3:4:5:6:7:8]",
        "[1::8]", "[::ffff:1.2.3.4]:80", "[1:2:3:4:5:6:1.2.3.4]", "[v1.a:b]", "a_b", "a-b", "0.0.0.0=5000",
    ])
    func a_host_with_or_without_a_port_is_taken(host: String) {
        let parsed = ParsedRequest("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
        #expect(parsed.isComplete && parsed.text(parsed.head.host) == host)
    }

    @Test(arguments: [
        "", ".", "..a", ".a", "a..b", "a..", "a b", "a/b", "a,b", "a\\b", "a@b", "u:p@b", "a?b", "a#b", "a%41", "a:b",
        "a:-1",
        "a:65536", "a:080808", "a:1:2", "a.:1.2", ":80", "[]", "[", "[::1", "::1", "[::1]x", "[::1].", "[::1]:x",
        "x[::1]", "[1:2]",
        "[1:2:3:4:5:6:7:8:9]", "[1::2::3]", "[:::]", "[12345::]", "[::1.2.3]", "[::1.2.3.256]", "[::01.2.3.4]", "[1:]",
        "[:1]",
        "[::1%eth0]", "[g::]", "[v.a]", "[v1.]", "[v1]", "é",
    ])
    func anything_else_is_refused(host: String) {
        #expect(ParsedRequest("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").code == .hostMalformed)
        #expect(ParsedRequest("GET / HTTP/1.0\r\nHost: \(host)\r\n\r\n").code == .hostMalformed)
    }

    @Test
    func HTTP_1_1_needs_exactly_one_Host_and_1_0_at_most_one() {
        #expect(ParsedRequest("GET / HTTP/1.1\r\n\r\n").code == .hostMissing)
        #expect(ParsedRequest("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n").code == .hostRepeated)
        #expect(ParsedRequest("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n").code == .hostRepeated)
        #expect(ParsedRequest("GET http://a/ HTTP/1.1\r\n\r\n").code == .hostMissing)
        let old = ParsedRequest("GET / HTTP/1.0\r\n\r\n")
        #expect(old.isComplete && old.head.host == nil)
    }
}

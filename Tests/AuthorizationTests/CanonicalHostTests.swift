import Authorization
import Testing

@Suite struct CanonicalHostTests {
    @Test(arguments: [
        ("api.example", "api.example"), ("API.Example", "api.example"), ("api.example.", "api.example"),
        ("api.example:8080", "api.example"), ("api.example.:443", "api.example"), ("api.example:", "api.example"),
        ("localhost", "localhost"), ("a_b-c.d", "a_b-c.d"), ("127.0.0.1", "127.0.0.1"), ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]", "[::1]"), ("[::1]:8080", "[::1]"), ("[FE80::A]", "[fe80::a]"),
        ("[::ffff:1.2.3.4]", "[::ffff:1.2.3.4]"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"), ("a", "a"), ("1", "1"), ("[::]", "[::]"),
    ])
    func a_host_has_one_form(text: String, host: String) {
        #expect(CanonicalHost.canonical(text) == host)
    }

    @Test(arguments: [
        "", " ", ".", "..", "a..b", ".a", "a..", ":", ":80", "a b", " a", "a ", "a/b", "a\\b", "a?b", "a#b", "a@b",
        "u:p@a",
        "a:80a", "a:8 0", "a:-1", "a:+80", "a:80:81", "a:808080", "a,b", "a;b", "a%41", "a\u{0}", "a\r\nb", "é.example",
        "a\u{7F}", "[", "]", "[]", "[:]", "[::1", "::1", "[::1]a", "[::1]:x", "[::1]]", "[[::1]]", "[fe80::1%25eth0]",
        "[v1.a]",
        "[::g]", "a[::1]", "*", "*.a", "a*", "a'b", "a\"b", "<a>", "a.b:80/", "http://a",
    ])
    func what_is_no_host_is_refused(text: String) {
        #expect(CanonicalHost.canonical(text) == nil)
    }

    @Test func lengths_are_those_of_the_dns() {
        let label = String(repeating: "a", count: 63)
        #expect(CanonicalHost.canonical(label) == label)
        #expect(CanonicalHost.canonical(label + "a") == nil)
        #expect(CanonicalHost.canonical("x.\(label)a.y") == nil)
        let long = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
        #expect(CanonicalHost.canonical(long)?.utf8.count == 253)
        #expect(CanonicalHost.canonical(String(repeating: "a.", count: 127) + "a") != nil)
        #expect(CanonicalHost.canonical(String(repeating: "a.", count: 128)) == nil)
    }

    @Test func a_pattern_is_an_exact_host_or_a_suffix() {
        #expect(HostPattern("API.example.") == .exact("api.example"))
        #expect(HostPattern("*.Example.com") == .suffix("example.com"))
        #expect(HostPattern("[::1]") == .exact("[::1]"))
        #expect(HostPattern("*.example.com")?.text == "*.example.com")
        #expect(HostPattern("api.example")?.text == "api.example")
        for text in ["", "*", "*.", "a.*", "*a.example", "*.*.example", "a b", "http://a", "**.a", ".a"] {
            #expect(HostPattern(text) == nil, "\(text)")
        }
    }

    // A rule is for every port; a pattern that names one would promise what it does not keep.
    @Test func a_pattern_with_a_port_is_refused() {
        for text in ["api.example:8443", "*.example:80", "[::1]:80", "api.example:"] {
            #expect(HostPattern(text) == nil, "\(text)")
        }
    }
}

import Authorization
import Configuration
import Testing

@Suite struct UpstreamTests {
    private static let url = "http://127.0.0.1:9090"

    private func errors(url: String) -> [String] {
        Sample.errors(Sample.small(adding: "upstreams: { a: { url: \"\(url)\" } }"))
    }

    private func withProxy(_ lines: String) -> String {
        Sample.small("  decision:", "  proxy:") + lines
    }

    @Test(arguments: [
        ("http://127.0.0.1:9090", UpstreamSettings.Address.http(host: "127.0.0.1", port: 9090)),
        ("http://API.example", .http(host: "api.example", port: 80)),
        ("HTTP://localhost:1", .http(host: "localhost", port: 1)),
        ("http://[::1]:8080", .http(host: "::1", port: 8080)),
        ("http://a_b:1", .http(host: "a_b", port: 1)),
        ("https://api.example:8443", .https(host: "api.example", port: 8443)),
        ("https://api.example", .https(host: "api.example", port: 443)),
        ("unix:/run/hello.sock", .unix(path: "/run/hello.sock")),
        ("unix:///run/hello.sock", .unix(path: "/run/hello.sock")),
    ])
    func an_address_is_read(url: String, address: UpstreamSettings.Address) throws {
        let settings = try Sample.settings(Sample.small(adding: "upstreams: { a: { url: \"\(url)\" } }"))
        #expect(settings.upstreams.map(\.address) == [address])
    }

    @Test(arguments: [
        "", "hello", "127.0.0.1:9090", "ftp://a", "http:a", "http://", "http://:80", "http://a:0", "http://a:65536",
        "http://a:", "http://a:x", "http://a/", "http://a/b", "http://a?b", "http://a#b", "http://u@a", "http://u:p@a",
        "http://a b", "http://127.1", "http://0x7f.1", "http://1.2.3.256", "http://[::1", "http://[::g]", "http://::1",
        "http://a..b", "http://a\\\\b", "http:///a", "unix:", "unix:run/a", "unix:/run/", "unix://run/../a",
        "https://a/",
    ])
    func what_is_no_address_is_refused(url: String) {
        let errors = errors(url: url)
        #expect(errors.count == 1)
        #expect(errors.first?.hasPrefix("authd.yaml:14:24: upstreams.a.url: ") == true)
    }

    @Test func what_a_url_may_not_have_is_named() {
        let start = "authd.yaml:14:24: upstreams.a.url: "
        #expect(
            errors(url: "http://a/") == [start + "a URL here ends after the port; the path is always the client's own"]
        )
        #expect(errors(url: "http://u:p@a") == [start + "a URL here has no user name or password"])
        #expect(
            errors(url: "localhost:9090") == [
                start + "must be http://HOST:PORT, https://HOST:PORT or unix:/PATH; did you mean http://…?"
            ]
        )
    }

    @Test func the_only_upstream_is_the_default_at_a_proxy() throws {
        let settings = try Sample.settings(withProxy("upstreams: { a: { url: \"\(Self.url)\" } }\n"))
        #expect(settings.policy.rules.map(\.upstream) == ["a"])
    }

    @Test func without_a_proxy_rules_need_no_upstream() throws {
        let two = "upstreams: { a: { url: \"\(Self.url)\" }, b: { url: \"unix:/b\" } }"
        #expect(try Sample.settings(Sample.small(adding: two)).policy.rules.map(\.upstream) == [nil])
    }

    @Test func at_a_proxy_a_rule_that_lets_through_names_one_of_several_upstreams() {
        let two = "upstreams: { a: { url: \"\(Self.url)\" }, b: { url: \"unix:/b\" } }\n"
        let message = "authd.yaml:11:5: rules[0]: rule \"hello\" has no upstream, but there is a proxy listener"
        #expect(Sample.errors(withProxy(two)) == [message + "; name one of the upstreams"])
        #expect(Sample.errors(withProxy("")) == [message + "; add upstreams"])
        #expect(Sample.errors(withProxy("    upstream: a\n" + two)) == [])
        func replaced(_ effect: String) -> [String] {
            Sample.errors(withProxy(two).replacing("require: { issuer: main }", with: effect))
        }
        #expect(replaced("deny: true") == [])
        #expect(replaced("deny: true\n    mode: shadow").count == 1)
        #expect(replaced("allow: anonymous").count == 1)
    }

    @Test func a_denying_rule_gets_no_upstream() throws {
        let one = withProxy("upstreams: { a: { url: \"\(Self.url)\" } }\n")
        let settings = try Sample.settings(one.replacing("require: { issuer: main }", with: "deny: true"))
        #expect(settings.policy.rules.map(\.upstream) == [nil])
    }

    @Test func an_upstream_that_nothing_is_sent_to_is_warned_of() throws {
        let two = "upstreams: { a: { url: \"\(Self.url)\" }, b: { url: \"unix:/b\" } }\n"
        #expect(
            try Sample.warnings(withProxy("    upstream: a\n" + two)) == [
                "authd.yaml:15:61: upstreams.b.url: no rule sends anything to this upstream"
            ]
        )
        #expect(
            try Sample.warnings(Sample.small + "upstreams: { a: { url: \"\(Self.url)\" } }\n") == [
                "authd.yaml:14:24: upstreams.a.url: there is no proxy listener to use this upstream"
            ]
        )
    }
}

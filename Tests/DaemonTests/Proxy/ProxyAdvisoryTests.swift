import Authorization
import TestSupport
import Testing

@testable import Daemon

/// How other proxies were led astray. The advisories stand in `docs/advisories.md`.
@Suite struct ProxyAdvisoryTests {
    // CVE-2025-64763, CVE-2026-71324: neither CONNECT nor the bytes behind it reach anybody, and the pool stays clean.
    @Test func connect_and_what_comes_behind_it_reach_nobody() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address)
        let keeper = try proxy.connect()
        #expect(try keeper.exchange("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
        for target in ["a:443", "/", "\(upstream.address)"] {
            let client = try proxy.connect()
            try client.send("CONNECT \(target) HTTP/1.1\r\nHost: a\r\n\r\nGET /early HTTP/1.1\r\nHost: a\r\n\r\n")
            let response = try client.readResponse()
            #expect(response.status >= 400 && response.closes, "\(target)")
            try client.expectClose()
        }
        #expect(try keeper.exchange("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
        #expect(upstream.requests.map(\.target) == ["/1", "/2"])
    }

    // CVE-2026-34457, CVE-2026-76835, CVE-2024-45806: nothing that a client says of itself opens a closed rule.
    @Test(arguments: [
        "User-Agent: GoogleHC/1.0", "User-Agent: kube-probe/1.30", "X-Forwarded-For: 127.0.0.1", "X-Real-IP: 127.0.0.1",
        "Forwarded: for=127.0.0.1", "X-Forwarded-Uri: /open", "X-Original-URI: /open", "X-Original-URL: /open",
        "X-Rewrite-URL: /open", "X-Envoy-Original-Path: /open", "X-Envoy-Internal: true",
        "X-Forwarded-Host: open.example",
        "X-Auth-Request-User: alice", "X-Authd-Decision: allow", "X-Forwarded-Proto: https",
        "X-Forwarded-Client-Cert: By=a",
    ])
    func no_field_opens_a_closed_rule(field: String) throws {
        let upstream = try RecordingUpstream()
        let rules = [try ProxyFixture.open("/open"), try ProxyFixture.closed("/closed")]
        let proxy = try ProxyFixture(upstream: upstream.address, rules: rules)
        let client = try proxy.connect()
        let closed = try client.exchange("GET /closed HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n")
        #expect(closed.status == 401 && closed["x-authd-reason"] == "token_missing")
        #expect(upstream.requests.isEmpty)
        #expect(try client.exchange("GET /open HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n").status == 200)
        #expect(upstream.requests.first?.values("x-auth-request-user") == [""])
    }

    // CVE-2026-41181, CVE-2022-34296 and the family of rewriters: the bytes that were decided on are the bytes that go on,
    // and a denied request goes nowhere at all.
    @Test func a_request_goes_to_its_upstream_unchanged_or_nowhere() throws {
        let upstream = try RecordingUpstream()
        let rules = [try ProxyFixture.open("/open/**"), try ProxyFixture.closed("/closed/**")]
        let proxy = try ProxyFixture(upstream: upstream.address, rules: rules)
        let client = try proxy.connect()
        let targets = ["/open/%61/b%20c?x=%2f..%2fclosed", "/open/a?b=/closed/c", "/open", "/open/?", "/open/a%3Ab"]
        for target in targets {
            #expect(try client.exchange("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n").status == 200, "\(target)")
        }
        for target in [
            "/closed/a", "/open/../closed/a", "/open/%2e%2e/closed", "/open//closed", "/open;/closed", "/closed?/open",
        ] {
            let denied = try client.exchange("GET \(target) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\n\r\n")
            #expect(denied.status == 401 || denied.status == 403, "\(target)")
        }
        #expect(upstream.requests.map(\.target) == targets)
    }
}

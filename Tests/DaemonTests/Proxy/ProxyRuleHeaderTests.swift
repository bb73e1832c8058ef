import Authorization
import TestSupport
import Testing

@testable import Daemon

/// Headers that a rule adds to the policy's, at the proxy.
@Suite struct ProxyRuleHeaderTests {
    private func rule(_ path: String, _ headers: [(String, String)]) throws -> Rule {
        var rule = try ProxyFixture.closed(path)
        rule.name = "rule\(path)"
        rule.headers = headers.compactMap { name, claim in
            ClaimPath(claim).map { IdentityHeader(header: name, claim: $0) }
        }
        return rule
    }

    @Test func a_rules_header_is_set_for_its_requests_and_empty_for_all_others_whatever_a_client_sends() throws {
        let upstream = try RecordingUpstream()
        let rules = [
            try rule("/mail", [("X-Mail", "email"), ("X-Auth-Request-User", "email")]), try rule("/plain", []),
            try ProxyFixture.open("/open"),
        ]
        let proxy = try ProxyFixture(upstream: upstream.address, rules: rules)
        let client = try proxy.connect()
        let token = ProxyFixture.token(["email": "alice@example.com"])
        for path in ["/mail", "/plain", "/open"] {
            _ = try client.exchange(
                "GET \(path) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\nX-Mail: root\r\nx_mail: root\r\n\r\n"
            )
        }
        let seen = upstream.requests.map { [$0.values("x-mail"), $0.values("x-auth-request-user")] }
        #expect(seen[0] == [["alice@example.com"], ["alice@example.com"]])
        #expect(seen[1] == [[""], ["alice"]])
        #expect(seen[2] == [[""], [""]])
        #expect(!upstream.requests.contains { $0.fields.contains { $0.value == "root" } })
    }
}

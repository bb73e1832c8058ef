import Authorization
import Foundation
import TestSupport
import Testing

@testable import Daemon

/// authd's signed word at the proxy.
@Suite struct ProxyAssertionTests {
    private let upstream: RecordingUpstream
    private let plan: AssertionPlan
    private let proxy: ProxyFixture

    init() throws {
        upstream = try RecordingUpstream()
        plan = try AssertionSample.plan()
        let rules = [try ProxyFixture.open("/open"), try ProxyFixture.closed("/closed/**")]
        proxy = try ProxyFixture(upstream: upstream.address, rules: rules, assertion: plan)
    }

    private func request(_ method: String, _ target: String, _ fields: String...) -> String {
        "\(method) \(target) HTTP/1.1\r\nHost: a\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
    }

    @Test func an_upstream_can_tell_authds_word_from_a_clients() throws {
        let client = try proxy.connect()
        let token = "Authorization: Bearer \(ProxyFixture.token())"
        let forged = "X-Authd-Assertion: forged"
        _ = try client.exchange(request("GET", "/closed/a", token, forged, "x_authd_assertion: forged"))
        _ = try client.exchange(request("GET", "/closed/b", token))
        let words = upstream.requests.map { $0.values("x-authd-assertion") }
        #expect(words.count == 2 && words[0].count == 1 && words[0] == words[1])
        let claims = try AssertionSample.verified(try #require(words[0].first), keySet: plan.keySet.body)
        #expect(claims["sub"] as? String == "alice")
        #expect((claims["authd"] as? [String: Any])?["rule"] as? String == "closed")
        #expect(!upstream.requests[0].fields.contains { $0.value.contains("forged") })
    }

    @Test func nobody_is_spoken_of_where_everybody_is_let_in() throws {
        let token = "Authorization: Bearer \(ProxyFixture.token())"
        let client = try proxy.connect()
        _ = try client.exchange(request("GET", "/closed/a", token))
        _ = try client.exchange(request("GET", "/open", token, "X-Authd-Assertion: forged"))
        #expect(upstream.requests.map { $0.values("x-authd-assertion").count } == [1, 0])
    }

    @Test func a_header_of_another_name_carries_it_and_is_taken_from_clients() throws {
        let plan = try AssertionSample.plan(AssertionSample.settings(header: "X-Word"))
        let rules = [try ProxyFixture.open("/open"), try ProxyFixture.closed("/closed")]
        let proxy = try ProxyFixture(upstream: upstream.address, rules: rules, assertion: plan)
        let client = try proxy.connect()
        let token = "Authorization: Bearer \(ProxyFixture.token())"
        _ = try client.exchange(request("GET", "/closed", token, "X-Word: forged"))
        _ = try client.exchange(request("GET", "/open", "X_WORD: forged", "x-word: forged"))
        #expect(upstream.requests[0].values("x-word").count == 1 && upstream.requests[0]["x-word"] != "forged")
        #expect(!upstream.requests[1].fields.contains { $0.value == "forged" })
    }

    @Test func the_key_set_is_served_before_any_rule_and_the_connection_goes_on() throws {
        let client = try proxy.connect()
        let path = "/.well-known/authd/jwks.json"
        let set = try client.exchange(request("GET", path))
        #expect(set.status == 200 && set.body == plan.keySet.body && !set.closes)
        #expect(set["content-type"] == "application/jwk-set+json")
        let refused = try client.exchange("POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
        #expect(refused.status == 405 && refused["allow"] == "GET, HEAD")
        #expect(try client.exchange(request("GET", "/open")).status == 200)
        #expect(upstream.requests.map(\.target) == ["/open"])
    }

    @Test func without_assertions_the_path_is_one_like_any_other() throws {
        let proxy = try ProxyFixture(upstream: upstream.address, rules: [try ProxyFixture.open("/.well-known/**")])
        let response = try proxy.connect().exchange(request("GET", "/.well-known/authd/jwks.json"))
        #expect(response.text == "Hello, world!")
    }

    @Test func a_key_that_has_been_replaced_signs_no_more() throws {
        let client = try proxy.connect()
        let ask = request("GET", "/closed", "Authorization: Bearer \(ProxyFixture.token())")
        _ = try client.exchange(ask)
        let other = try AssertionSample.plan()
        let rules = [try ProxyFixture.open("/open"), try ProxyFixture.closed("/closed/**")]
        try proxy.install(try ProxyFixture.serving(upstream.address, rules, assertion: other))
        _ = try client.exchange(ask)
        let words = upstream.requests.compactMap { $0["x-authd-assertion"] }
        #expect(words.count == 2)
        #expect(throws: TestSupportError.self) { try AssertionSample.verified(words[1], keySet: plan.keySet.body) }
        _ = try AssertionSample.verified(words[1], keySet: other.keySet.body)
    }

    @Test func a_state_that_was_replaced_is_let_go_though_no_request_comes() throws {
        let rules = [try ProxyFixture.open("/**")]
        let client = try proxy.connect()
        _ = try client.exchange(request("GET", "/open"))
        weak var old: Serving?
        try {
            let serving = try ProxyFixture.serving(upstream.address, rules)
            old = serving
            try proxy.install(serving)
            _ = try client.exchange(request("GET", "/a"))
        }()
        #expect(old != nil)
        try proxy.install(try ProxyFixture.serving(upstream.address, rules))
        #expect(old == nil)
    }
}

import Authorization
import TestSupport
import Testing

@testable import Daemon

/// What the proxy answers itself.
@Suite struct ProxyDenialTests {
    @Test func a_denial_has_status_headers_and_a_small_json_body() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address, rules: [ProxyFixture.closed(scopes: ["hello.write"])])
        let client = try proxy.connect()
        let missing = try client.exchange("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(missing.status == 401 && missing["www-authenticate"] == #"Bearer realm="authd""#)
        #expect(missing["x-authd-decision"] == "deny" && missing["x-authd-reason"] == "token_missing")
        #expect(missing["cache-control"] == "no-store" && missing["content-type"] == "application/json")
        #expect(missing.text.hasPrefix(#"{"error":"token_missing","message":""#) && missing.text.hasSuffix("\"}"))
        let scope = try client.exchange(
            "GET /a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(ProxyFixture.token())\r\n\r\n"
        )
        #expect(scope.status == 403 && scope["x-authd-reason"] == "scope_insufficient")
        #expect(scope["www-authenticate"] == #"Bearer realm="authd", error="insufficient_scope", scope="hello.write""#)
        let head = try client.exchange("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(head.status == 401 && head["content-length"] == missing["content-length"])
        #expect(try client.exchange("GET /a HTTP/1.1\r\nHost: a\r\n\r\n") == missing)
        #expect(upstream.requests.isEmpty)
    }

    @Test func a_known_path_under_another_method_is_405_with_allow() throws {
        let upstream = try RecordingUpstream()
        let rule = Rule(
            name: "read",
            match: RequestMatch(path: try PathPattern("/a"), methods: ["GET", "HEAD"]),
            effect: .anonymous
        )
        let proxy = try ProxyFixture(upstream: upstream.address, rules: [rule])
        let response = try proxy.connect().exchange("DELETE /a HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(response.status == 405 && response["allow"] == "GET, HEAD")
        #expect(response["x-authd-reason"] == "method_not_allowed")
    }

    @Test(arguments: ["/%zz", "/a b"])
    func a_target_that_is_no_legal_one_is_400_and_never_asked_about(_ target: String) throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address)
        let response = try proxy.connect().exchange("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(response.status == 400)
        #expect(upstream.record.current.bytes.isEmpty)
    }

    @Test(arguments: ["GET http://a/", "GET http://a?b", "OPTIONS *"])
    func a_form_that_no_rule_speaks_of_is_denied_and_never_forwarded(_ start: String) throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address)
        let response = try proxy.connect().exchange("\(start) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(response.status == 403)
        #expect(response["x-authd-reason"] == "path_ambiguous")
        #expect(upstream.record.current.bytes.isEmpty)
    }

    @Test func a_small_body_of_a_denied_request_is_drained_and_the_connection_kept() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address, rules: [ProxyFixture.closed()])
        let client = try proxy.connect()
        let smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
        for framed in [
            "Content-Length: \(smuggled.utf8.count)\r\n\r\n\(smuggled)",
            "Transfer-Encoding: chunked\r\n\r\n\(String(smuggled.utf8.count, radix: 16))\r\n\(smuggled)\r\n0\r\n\r\n",
        ] {
            let response = try client.exchange("POST /a HTTP/1.1\r\nHost: a\r\n\(framed)")
            #expect(response.status == 401 && !response.closes)
        }
        let last = try client.exchange("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(last.status == 401 && last.closes)
        try client.expectClose()
        #expect(try proxy.counters().metrics().first { $0.labels.contains(#"from="authd",status="4xx""#) }?.value == 3)
    }

    @Test func a_large_body_of_a_denied_request_is_not_read() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address, rules: [ProxyFixture.closed()])
        let client = try proxy.connect()
        try client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n")
        let response = try client.readResponse()
        #expect(response.status == 401 && response.closes)
        // What still comes is thrown away, and is no request.
        try client.send("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
        try client.expectClose()
    }

    @Test func a_denied_client_that_waits_for_100_gets_the_final_answer_and_the_close() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address, rules: [ProxyFixture.closed()])
        let client = try proxy.connect()
        try client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        let response = try client.readResponse()
        #expect(response.status == 401 && response.closes)
        try client.expectClose()
    }

    @Test func a_repeated_token_ends_the_connection() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address, rules: [ProxyFixture.closed()])
        let client = try proxy.connect()
        let field = "Authorization: Bearer \(ProxyFixture.token())\r\n"
        let response = try client.exchange("GET /a HTTP/1.1\r\nHost: a\r\n\(field)\(field)\r\n")
        #expect(response.status == 401 && response["x-authd-reason"] == "token_repeated" && response.closes)
        try client.expectClose()
    }

    @Test func every_reason_has_a_sentence_that_is_json() throws {
        for reason in Reason.allCases {
            let text = "\(reason.sentence)"
            #expect(!text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
            #expect(!text.replacing("\\\"", with: "").contains("\""))
        }
        #expect(Set(ProxyFailure.allCases.map(\.position)) == Set(0..<ProxyFailure.allCases.count))
    }
}

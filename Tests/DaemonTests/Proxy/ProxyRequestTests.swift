import Authorization
import TestSupport
import Testing

@testable import Daemon

/// What the upstream sees of an approved request.
@Suite struct ProxyRequestTests {
    @Test func an_approved_request_reaches_the_upstream_and_its_answer_the_client() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address, rules: [ProxyFixture.closed()])
        let client = try proxy.connect()
        let response = try client.exchange(
            "GET /a%41b?x=%2f HTTP/1.1\r\nHost: api.example:8080\r\nAuthorization: Bearer \(ProxyFixture.token())\r\n\r\n"
        )
        #expect(response.status == 200 && response.text == "Hello, world!" && !response.closes)
        let request = try #require(upstream.requests.first)
        #expect(request.method == "GET" && request.target == "/a%41b?x=%2f" && request.version == "HTTP/1.1")
        #expect(request["host"] == "api.example:8080")
        #expect(request["x-auth-request-user"] == "alice")
        #expect(request["authorization"]?.hasPrefix("Bearer ") == true)
        #expect(request["x-forwarded-for"] == "127.0.0.1")
        #expect(request["x-forwarded-proto"] == "http")
        #expect(request["x-forwarded-host"] == "api.example:8080")
        #expect(request["connection"] == nil)
    }

    @Test func an_identity_header_is_always_there_and_empty_where_the_claim_is_absent() throws {
        let upstream = try RecordingUpstream()
        let identity = [("X-Auth-Request-User", "sub"), ("X-Auth-Request-Groups", "groups")]
        let rules = [try ProxyFixture.open("/open"), try ProxyFixture.closed("/closed")]
        let proxy = try ProxyFixture(upstream: upstream.address, rules: rules, identity: identity)
        let client = try proxy.connect()
        _ = try client.exchange("GET /open HTTP/1.1\r\nHost: a\r\nX-Auth-Request-User: root\r\n\r\n")
        let token = ProxyFixture.token(["groups": ["a", "b,c"]])
        _ = try client.exchange("GET /closed HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n\r\n")
        #expect(upstream.requests[0].values("x-auth-request-user") == [""])
        #expect(upstream.requests[0].values("x-auth-request-groups") == [""])
        #expect(upstream.requests[1].values("x-auth-request-user") == ["alice"])
        #expect(upstream.requests[1].values("x-auth-request-groups") == ["a,b%2Cc"])
    }

    @Test(arguments: [
        "X-Auth-Request-User", "x-auth-request-user", "X_Auth_Request_User", "X-Auth.Request_USER",
        "x.auth.request.user", "Remote-User", "REMOTE_USER", "X-Authd-Decision", "X_Authd_Assertion",
        "x.authd.anything", "X-Forwarded-For", "X-HTTP-Method-Override", "x_http_method", "X.Method-Override",
        "X-Forwarded-Anything", "X_Forwarded_Proto", "X-Real-IP", "X-Original-URI", "X-Rewrite-URL", "Forwarded",
        "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Upgrade", "Proxy-Authorization", "HTTP2-Settings",
    ])
    func no_spelling_of_a_reserved_header_passes(_ name: String) throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        let response = try client.exchange(
            "GET / HTTP/1.1\r\nHost: a\r\n\(name): spoofed\r\nX-Other: kept\r\n\(name): again\r\n\r\n"
        )
        #expect(response.status == 200)
        let request = try #require(upstream.requests.first)
        #expect(request["x-other"] == "kept")
        #expect(!request.fields.contains { $0.value == "spoofed" || $0.value == "again" })
    }

    @Test func connection_cannot_take_an_identity_header_away() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address, rules: [ProxyFixture.closed()])
        let client = try proxy.connect()
        _ = try client.exchange(
            "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(ProxyFixture.token())\r\nX-Mine: 1\r\n"
                + "Connection: X-Auth-Request-User, Host, X-Forwarded-For, X-Mine\r\n\r\n"
        )
        let request = try #require(upstream.requests.first)
        #expect(request["x-auth-request-user"] == "alice" && request["host"] == "a")
        #expect(request["x-forwarded-for"] == "127.0.0.1" && request.values("x-mine").isEmpty)
    }

    @Test func an_upgrade_request_is_served_without_its_upgrade() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        let response = try client.exchange(
            "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
        )
        #expect(response.status == 200)
        #expect(upstream.requests.first?.values("upgrade") == [])
    }

    @Test func http_1_0_is_served_and_kept_alive_where_it_asks_for_that() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        let first = try client.exchange("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(first["connection"] == "keep-alive" && first.text == "Hello, world!")
        let second = try client.exchange("GET /2 HTTP/1.0\r\n\r\n")
        #expect(second.text == "Hello, world!")
        try client.expectClose()
        #expect(upstream.requests.allSatisfy { $0["host"] == "\(upstream.address)" && $0.version == "HTTP/1.1" })
    }

    @Test func pipelined_requests_are_answered_in_order() throws {
        let upstream = try RecordingUpstream { .response(status: 200, body: $0.target) }
        let rules = [try ProxyFixture.open("/open/*"), try ProxyFixture.closed("/closed/*")]
        let proxy = try ProxyFixture(upstream: upstream.address, rules: rules)
        let client = try proxy.connect()
        let targets = (0..<1000).map { $0 % 7 == 3 ? "/closed/\($0)" : "/open/\($0)" }
        try client.send(targets.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
        for target in targets {
            let response = try client.readResponse()
            if target.hasPrefix("/open") {
                #expect(response.status == 200 && response.text == target)
            } else {
                #expect(response.status == 401)
            }
        }
        #expect(upstream.requests.count == targets.count { $0.hasPrefix("/open") })
    }

    @Test func a_half_closed_client_gets_all_its_answers() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address)
        let client = try proxy.connect()
        try client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /incomp")
        client.halfClose()
        #expect(try client.readResponse().status == 200)
        #expect(try client.readResponse().status == 200)
        try client.expectClose()
        #expect(upstream.requests.map(\.target) == ["/1", "/2"])
    }

    @Test func every_cut_of_a_request_gives_the_same() throws {
        let upstream = try RecordingUpstream()
        let proxy = try ProxyFixture(upstream: upstream.address)
        let head = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        let bytes = Array((head + "3;e=1\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n").utf8)
        for cut in 1..<bytes.count {
            let before = try proxy.counters().bytesIn
            let client = try proxy.connect()
            try client.send(bytes[..<cut])
            // The first part has been read before the second is sent.
            try proxy.waitForCounters { $0.bytesIn == before + UInt64(cut) }
            try client.send(bytes[cut...])
            #expect(try client.readResponse().status == 200)
        }
        #expect(upstream.requests.count == bytes.count - 1)
        #expect(upstream.requests.allSatisfy { $0.body == Array("abcde".utf8) && $0.values("t").isEmpty })
    }

    @Test func a_unix_socket_serves_as_upstream() throws {
        let directory = try TemporaryDirectory()
        defer { withExtendedLifetime(directory) {} }
        let upstream = try RecordingUpstream(on: .unix(path: directory.file("u.sock")))
        let proxy = try ProxyFixture(upstream: upstream.address)
        #expect(try proxy.connect().exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").text == "Hello, world!")
    }
}

import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// The built-in proxy between a raw client and a recording upstream.
    @Suite struct ProxyTests {
        private let mint = TokenMint(secret: DaemonConfiguration.secret)
        private var good: String { mint.token() }

        private func client(_ daemon: DaemonFixture) throws -> RawConnection {
            try RawConnection(to: daemon.proxy)
        }

        private func reason(_ response: RawResponse) throws -> String? {
            let body = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
            #expect(body?["message"] is String)
            return body?["error"] as? String
        }

        @Test func a_good_token_reaches_the_upstream_and_its_answer_comes_back() throws {
            let upstream = try RecordingUpstream { _ in
                .response(status: 201, fields: ["X-From": "upstream"], body: "made")
            }
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
            let response = try client(daemon).exchange(
                request("GET", "/hello/a%41?b=%2F", host: "Hello.example", token: good)
            )
            #expect(response.status == 201)
            #expect(response["X-From"] == "upstream")
            #expect(response.text == "made")
            let forwarded = try #require(upstream.requests.first)
            #expect(forwarded.method == "GET")
            #expect(forwarded.target == "/hello/a%41?b=%2F")
            #expect(forwarded.values("Host") == ["Hello.example"])
            #expect(forwarded.values("X-Auth-Request-User") == ["alice"])
        }

        @Test func a_unix_socket_serves_as_upstream() throws {
            let directory = try TemporaryDirectory()
            let upstream = try RecordingUpstream(on: .unix(path: directory.file("hello.sock")))
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
            #expect(try client(daemon).exchange(request("GET", "/hello", token: good)).text == "Hello, world!")
        }

        @Test func refusals_are_JSON_and_nothing_of_them_reaches_the_upstream() throws {
            let upstream = try RecordingUpstream()
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
            let refusals: [(String, Int, String)] = [
                (request("GET", "/hello"), 401, "token_missing"),
                (request("GET", "/hello", token: "rubbish"), 401, "token_malformed"),
                (request("GET", "/hello", token: mint.token(["exp": 1])), 401, "token_expired"),
                (request("GET", "/hello", token: mint.token(["scope": ""])), 403, "scope_insufficient"),
                (request("GET", "/internal/x", token: good), 403, "rule_denies"),
                (request("GET", "/nowhere", token: good), 403, "no_rule"),
                (request("DELETE", "/hello", token: good), 405, "method_not_allowed"),
            ]
            let client = try client(daemon)
            for (text, status, expected) in refusals {
                let response = try client.exchange(text)
                #expect(response.status == status)
                #expect(try reason(response) == expected)
                #expect(response["X-Authd-Reason"] == expected)
                #expect(response["Content-Type"]?.hasPrefix("application/json") == true)
                #expect(response["Cache-Control"] == "no-store")
                if status == 401 { #expect(response["WWW-Authenticate"]?.hasPrefix("Bearer realm=\"authd\"") == true) }
                if status == 405 { #expect(response["Allow"]?.contains("GET") == true) }
            }
            #expect(upstream.requests.isEmpty)
        }

        @Test func identity_is_authds_own_in_every_spelling() throws {
            let upstream = try RecordingUpstream()
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
            let spoofed = [
                "X-Auth-Request-User: root", "x_auth_request_user: root", "X.Auth.Request.User: root",
                "X-AUTH_REQUEST-USER: root", "X-Auth-Request-Groups: root", "X-Forwarded-For: root",
                "X-Forwarded-Host: root", "X-Forwarded-Proto: root", "Forwarded: for=root", "X-Original-URI: root",
            ]
            for (target, token, expected) in [("/hello", good, ["alice"]), ("/public/x", "", [])] {
                upstream.forget()
                let connection = ["Connection: X-Auth-Request-User"]
                let text = request("GET", target, token: token.isEmpty ? nil : token, fields: spoofed + connection)
                #expect(try client(daemon).exchange(text).status == 200)
                let forwarded = try #require(upstream.requests.first)
                let users = forwarded.values("X-Auth-Request-User").filter { !$0.isEmpty }
                #expect(users == expected)
                #expect(forwarded.fields.filter { $0.value.contains("root") }.map(\.name) == [])
            }
        }

        @Test func hop_by_hop_fields_stay_on_their_hop() throws {
            let upstream = try RecordingUpstream { _ in
                .response(
                    status: 200,
                    fields: ["Connection": "X-Private", "X-Private": "1", "Keep-Alive": "timeout=5"]
                )
            }
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
            let fields = [
                "Connection: keep-alive, X-Mine", "X-Mine: 1", "Keep-Alive: timeout=9", "TE: gzip", "Upgrade: h2c",
                "Proxy-Connection: keep-alive", "Proxy-Authorization: Basic x",
            ]
            let response = try client(daemon).exchange(request("GET", "/public/x", fields: fields))
            #expect(response.values("X-Private").isEmpty && response.values("Keep-Alive").isEmpty)
            let forwarded = try #require(upstream.requests.first)
            for name in ["X-Mine", "Keep-Alive", "Upgrade", "Proxy-Connection", "Proxy-Authorization"] {
                #expect(forwarded.values(name).isEmpty, "\(name)")
            }
        }

        @Test func large_bodies_go_both_ways_unchanged() throws {
            let body = String(repeating: "0123456789abcdef", count: 200_000)
            let upstream = try RecordingUpstream {
                .response(status: 200, body: String(decoding: $0.body, as: UTF8.self))
            }
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
            let client = try client(daemon)
            let response = try client.exchange(request("POST", "/hello", token: good, body: body))
            #expect(response.text == body)
            let head = request("POST", "/hello", token: good, fields: ["Transfer-Encoding: chunked"])
            let half = body.prefix(1_600_000)
            let chunk = String(half.utf8.count, radix: 16) + "\r\n\(half)\r\n"
            #expect(try client.exchange(head + chunk + chunk + "0\r\n\r\n").text == body)
        }

        @Test func an_upstream_connection_is_used_again() throws {
            let upstream = try RecordingUpstream()
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
            let client = try client(daemon)
            for _ in 0..<20 { #expect(try client.exchange(request("GET", "/hello", token: good)).status == 200) }
            #expect(Set(upstream.requests.map(\.connection)).count == 1)
        }

        @Test func an_upstream_that_is_not_there_is_502_and_its_return_is_noticed() throws {
            let address = SocketAddress.tcp(port: try FreePort.next())
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: address))
            let client = try client(daemon)
            #expect(try client.exchange(request("GET", "/hello", token: good)).status == 502)
            let upstream = try RecordingUpstream(on: address)
            #expect(try client.exchange(request("GET", "/hello", token: good)).status == 200)
            #expect(upstream.requests.count == 1)
        }

        @Test(arguments: ["garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", ""])
        func an_upstream_that_does_not_speak_HTTP_is_502(bytes: String) throws {
            let upstream = try RecordingUpstream { _ in .bytes(Array(bytes.utf8), thenClose: true) }
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
            #expect(try client(daemon).exchange(request("GET", "/hello", token: good)).status == 502)
        }

        @Test func an_answer_that_breaks_off_does_not_end_cleanly() throws {
            let upstream = try RecordingUpstream { _ in
                .bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this".utf8), thenClose: true)
            }
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
            let client = try client(daemon)
            try client.send(request("GET", "/hello", token: good))
            #expect(throws: TestSupportError.self) { try client.readResponse() }
            #expect(client.peerHasClosed)
        }
    }
}

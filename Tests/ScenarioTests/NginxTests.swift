import TestSupport
import Testing

extension Scenarios {
    /// A real nginx in front of a real authd, with the configuration of `deploy/nginx`.
    @Suite(.enabled(if: SystemTool.isExpected("nginx"), "nginx is not installed (scripts/bootstrap --tests)"))
    struct NginxTests {
        private let backend: RecordingUpstream
        private let daemon: DaemonFixture
        private let nginx: NginxFixture
        private let mint = TokenMint(secret: DaemonConfiguration.secret)

        init() throws {
            backend = try RecordingUpstream()
            daemon = try DaemonFixture()
            nginx = try NginxSite.start(authd: daemon.decisionSocket, backend: backend.address)
        }

        private func ask(
            _ target: String,
            method: String = "GET",
            token: String? = nil,
            fields: [String] = [],
        ) throws -> RawResponse {
            try RawConnection(to: nginx.address).exchange(request(method, target, token: token, fields: fields))
        }

        @Test func a_good_token_gets_through_with_the_identity_that_authd_found() throws {
            let response = try ask("/hello/x?y=%41", token: mint.token(), fields: ["X-Auth-Request-User: root"])
            #expect(response.status == 200)
            #expect(response.text == "Hello, world!")
            let forwarded = try #require(backend.requests.first)
            #expect(forwarded.target == "/hello/x?y=%41")
            #expect(forwarded.values("X-Auth-Request-User") == ["alice"])
        }

        @Test func no_token_gets_401_and_a_challenge_without_an_error() throws {
            let response = try ask("/hello")
            #expect(response.status == 401)
            #expect(response.values("WWW-Authenticate") == ["Bearer realm=\"authd\""])
            #expect(backend.requests.isEmpty)
        }

        @Test func bad_tokens_get_401_and_say_so() throws {
            let bad = [
                "rubbish", mint.token(["exp": 1]), mint.token(["aud": "other"]), mint.token(["iss": "other"]),
                TokenMint(secret: "some-other-secret-of-32-bytes-len").token(),
                TokenMint(secret: DaemonConfiguration.secret, algorithm: .hs384).token(),
            ]
            for token in bad {
                let response = try ask("/hello", token: token)
                #expect(response.status == 401)
                #expect(response["WWW-Authenticate"]?.contains("error=\"invalid_token\"") == true)
            }
            #expect(backend.requests.isEmpty)
        }

        @Test func a_token_without_the_scope_gets_403_and_its_challenge() throws {
            let response = try ask("/hello", token: mint.token(["scope": "other"]))
            #expect(response.status == 403)
            #expect(response["WWW-Authenticate"]?.contains("error=\"insufficient_scope\"") == true)
            #expect(backend.requests.isEmpty)
        }

        @Test func a_rule_that_denies_and_a_path_without_rule_get_403() throws {
            for target in ["/internal/x", "/elsewhere", "/"] {
                #expect(try ask(target, token: mint.token()).status == 403)
            }
            #expect(backend.requests.isEmpty)
        }

        // nginx would normalise each of these to a path that is open to everybody.
        @Test(arguments: [
            "/healthz/../hello", "/hello/../healthz", "/internal/..%2fhealthz", "//healthz", "/%2e%2e/healthz",
            "/healthz;/../hello",
            "/./healthz", "/hello/%2E%2E/healthz", "/healthz%00", "/healthz%5c..%5chello",
        ])
        func paths_that_nginx_reads_in_another_way_are_refused(target: String) throws {
            let response = try ask(target)
            #expect((400..<500).contains(response.status))
            #expect(backend.requests.isEmpty)
        }

        @Test func a_body_goes_to_the_backend_and_not_to_authd() throws {
            let text = String(repeating: "body ", count: 20_000)
            let client = try RawConnection(to: nginx.address)
            let response = try client.exchange(request("POST", "/hello", token: mint.token(), body: text))
            #expect(response.status == 200)
            #expect(backend.requests.first?.body == Array(text.utf8))
        }

        @Test func when_authd_is_stopped_nothing_gets_through() throws {
            #expect(try ask("/hello", token: mint.token()).status == 200)
            try daemon.process.stop()
            backend.forget()
            for token in [mint.token(), nil] {
                let response = try ask("/hello", token: token)
                #expect((500..<600).contains(response.status))
            }
            #expect(try ask("/healthz").status >= 500)
            #expect(backend.requests.isEmpty)
        }
    }
}

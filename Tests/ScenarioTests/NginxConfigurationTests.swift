import TestSupport
import Testing

extension Scenarios {
    /// What nginx makes of `deploy/nginx`, seen from both sides: a recording stand-in for authd and a recording backend.
    @Suite(.enabled(if: SystemTool.isExpected("nginx"), "nginx is not installed (scripts/bootstrap --tests)"))
    struct NginxConfigurationTests {
        private let directory: TemporaryDirectory
        private let backend: RecordingUpstream

        init() throws {
            directory = try TemporaryDirectory()
            backend = try RecordingUpstream()
        }

        private func decider(
            _ answer: @escaping @Sendable (RecordedRequest) -> UpstreamAnswer
        ) throws -> RecordingUpstream {
            try RecordingUpstream(on: .unix(path: directory.file("d.sock")), answer: answer)
        }

        private static let allow = UpstreamAnswer.response(
            status: 200,
            fields: ["X-Auth-Request-User": "alice", "X-Auth-Request-Groups": "", "X-Authd-Reason": "allowed"],
        )

        @Test func the_question_carries_method_raw_target_and_host_and_no_body() throws {
            let authd = try decider { _ in Self.allow }
            let nginx = try NginxSite.start(authd: authd.address, backend: backend.address)
            let target = "/a%2Fb/./c//d?x=%2e%2E&y=1"
            let response = try RawConnection(to: nginx.address).exchange(
                request(
                    "POST",
                    target,
                    host: "API.example:8000",
                    fields: ["X-Original-URI: /public", "x-original-method: GET"],
                    body: "a body"
                )
            )
            #expect(response.status == 200)
            let question = try #require(authd.requests.first)
            #expect(question.target == "/authorize")
            #expect(question.version == "HTTP/1.1")
            #expect(question.values("X-Original-Method") == ["POST"])
            #expect(question.values("X-Original-URI") == [target])
            #expect(question.values("X-Original-Host") == ["api.example"])
            #expect(question.values("Content-Length") == [])
            #expect(question.values("Transfer-Encoding") == [])
            #expect(question.body.isEmpty)
            let forwarded = try #require(backend.requests.first)
            #expect(forwarded.target == target)
            #expect(forwarded.body == Array("a body".utf8))
            #expect(forwarded.values("Host") == ["api.example"])
        }

        @Test func one_connection_to_authd_serves_many_questions() throws {
            let authd = try decider { _ in Self.allow }
            let nginx = try NginxSite.start(authd: authd.address, backend: backend.address)
            let client = try RawConnection(to: nginx.address)
            for _ in 0..<5 {
                #expect(try client.exchange(request("GET", "/hello")).status == 200)
            }
            #expect(authd.requests.count == 5)
            #expect(Set(authd.requests.map(\.connection)) == [0])
        }

        @Test func only_the_identity_of_the_answer_reaches_the_backend() throws {
            let authd = try decider { _ in Self.allow }
            let nginx = try NginxSite.start(authd: authd.address, backend: backend.address)
            let spoofed = [
                "X-Auth-Request-User: root", "x-auth-request-user: root", "X_Auth_Request_User: root",
                "X.Auth.Request.User: root",
                "X-AUTH-REQUEST_USER: root", "X-Auth-Request-Groups: root", "X-Auth-Request-Email: root",
                "X-Forwarded-User: root",
                "Remote-User: root", "REMOTE_USER: root", "X-Forwarded-For: root", "X-Forwarded-Host: root",
                "X-Original-URI: root",
                "X-Forwarded-Prefix: root", "Forwarded: for=root", "X-Rewrite-URL: root", "X-Real-IP: root",
            ]
            for target in ["/hello", "/upload/x"] {
                backend.forget()
                let response = try RawConnection(to: nginx.address).exchange(request("GET", target, fields: spoofed))
                #expect(response.status == 200)
                let forwarded = try #require(backend.requests.first)
                #expect(forwarded.values("X-Auth-Request-User") == ["alice"])
                #expect(forwarded.values("X-Auth-Request-Groups") == [])
                let leaked = forwarded.fields.filter { $0.value.contains("root") }.map(\.name)
                #expect(leaked == [], "through \(target)")
            }
            for question in authd.requests {
                #expect(question.fields.filter { $0.value.contains("root") }.map(\.name) == [])
            }
        }

        @Test func every_copy_of_authorization_reaches_authd_or_the_request_is_refused() throws {
            let authd = try decider { _ in Self.allow }
            let nginx = try NginxSite.start(authd: authd.address, backend: backend.address)
            let response = try RawConnection(to: nginx.address).exchange(
                request("GET", "/hello", fields: ["Authorization: Bearer one", "Authorization: Bearer two"])
            )
            // nginx 1.23 and later refuses a second line itself.
            if response.status != 400 {
                let question = try #require(authd.requests.first)
                #expect(question.values("Authorization") == ["Bearer one", "Bearer two"])
            }
        }

        @Test func a_refusal_for_want_of_a_good_token_keeps_its_challenge() throws {
            let challenge = "Bearer realm=\"authd\", error=\"invalid_token\""
            let authd = try decider { _ in .response(status: 401, fields: ["WWW-Authenticate": challenge]) }
            let nginx = try NginxSite.start(authd: authd.address, backend: backend.address)
            let response = try RawConnection(to: nginx.address).exchange(request("GET", "/hello"))
            #expect(response.status == 401)
            #expect(response.values("WWW-Authenticate") == [challenge])
            #expect(backend.requests.isEmpty)
        }

        @Test func a_refusal_for_want_of_scope_keeps_its_challenge() throws {
            let challenge = "Bearer realm=\"authd\", error=\"insufficient_scope\""
            let authd = try decider { _ in .response(status: 403, fields: ["WWW-Authenticate": challenge]) }
            let nginx = try NginxSite.start(authd: authd.address, backend: backend.address)
            let response = try RawConnection(to: nginx.address).exchange(request("GET", "/hello"))
            #expect(response.status == 403)
            #expect(response.values("WWW-Authenticate") == [challenge])
            #expect(backend.requests.isEmpty)
        }

        @Test(arguments: [301, 302, 400, 404, 407, 429, 500, 502, 503, 504])
        func no_other_answer_of_authd_lets_a_request_through(status: Int) throws {
            let authd = try decider { _ in .response(status: status, fields: ["Location": "/public"]) }
            let nginx = try NginxSite.start(authd: authd.address, backend: backend.address)
            let response = try RawConnection(to: nginx.address).exchange(request("GET", "/hello"))
            #expect(response.status == 503)
            #expect(backend.requests.isEmpty)
        }

        @Test(arguments: ["", "error_page 401 403 502 503 504 =200 /sorry.html;", "proxy_intercept_errors on;"])
        func without_authd_nothing_gets_through(carelessness: String) throws {
            let sorry = "location = /sorry.html { auth_request off; return 200 sorry; }"
            let nobody = SocketAddress.unix(path: directory.file("nobody.sock"))
            let nginx = try NginxSite.start(authd: nobody, backend: backend.address) {
                $0.replacing("include authd.conf;", with: "include authd.conf; \(carelessness) \(sorry)")
            }
            let response = try RawConnection(to: nginx.address).exchange(request("GET", "/hello"))
            #expect(response.status == 503)
            #expect(backend.requests.isEmpty)
        }

        @Test func an_authd_that_accepts_and_never_answers_closes_the_door() throws {
            let authd = try decider { _ in .silence }
            let nginx = try NginxSite.start(authd: authd.address, backend: backend.address)
            let response = try RawConnection(to: nginx.address).exchange(request("GET", "/hello"))
            #expect(response.status == 503)
            #expect(backend.requests.isEmpty)
        }

        @Test func a_client_cannot_reach_the_internal_locations() throws {
            let authd = try decider { _ in Self.allow }
            let nginx = try NginxSite.start(authd: authd.address, backend: backend.address)
            let response = try RawConnection(to: nginx.address).exchange(request("GET", "/_authd"))
            #expect(response.status == 404)
            #expect(backend.requests.isEmpty)
        }

        @Test func the_host_that_is_decided_on_is_the_one_that_the_backend_gets() throws {
            let authd = try decider { _ in Self.allow }
            let nginx = try NginxSite.start(authd: authd.address, backend: backend.address)
            let heads = [
                "GET http://api.example/hello HTTP/1.1\r\nHost: other.example\r\n\r\n",
                "GET /hello HTTP/1.1\r\nHost: API.Example:8000\r\n\r\n",
                "GET /hello HTTP/1.0\r\n\r\n",
            ]
            for head in heads {
                backend.forget()
                authd.forget()
                let response = try RawConnection(to: nginx.address).exchange(head)
                guard response.status == 200 else { continue }
                let question = try #require(authd.requests.first)
                let forwarded = try #require(backend.requests.first)
                #expect(question.values("X-Original-Host") == forwarded.values("Host"), "\(head)")
                #expect(question.values("X-Original-URI") == [forwarded.target])
            }
        }

        @Test func identity_headers_of_several_kilobytes_fit() throws {
            let groups = (0..<400).map { "group-of-many-\($0)" }.joined(separator: ",")
            let authd = try decider { _ in .response(status: 200, fields: ["X-Auth-Request-Groups": groups]) }
            let nginx = try NginxSite.start(authd: authd.address, backend: backend.address)
            let response = try RawConnection(to: nginx.address).exchange(request("GET", "/hello"))
            #expect(response.status == 200)
            #expect(backend.requests.first?.values("X-Auth-Request-Groups") == [groups])
        }
    }
}

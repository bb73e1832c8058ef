import TestSupport
import Testing

extension Scenarios {
    /// `/authorize` on both kinds of listener, with every way in which HTTP/1 can bring a question.
    @Suite struct DecisionEndpointTests {
        private let daemon: DaemonFixture
        private let good: String

        init() throws {
            daemon = try DaemonFixture()
            good = TokenMint(secret: DaemonConfiguration.secret).token()
        }

        private func expectAllowed(_ response: RawResponse, _ comment: Comment? = nil) {
            #expect(response.status == 200, comment)
            #expect(response["X-Authd-Decision"] == "allow", comment)
            #expect(response["X-Authd-Reason"] == "allowed", comment)
            #expect(response["X-Authd-Rule"] == "hello", comment)
            #expect(response["X-Auth-Request-User"] == "alice", comment)
            // The claim is absent: the header is there all the same, so that a gateway overwrites the client's.
            #expect(response.values("X-Auth-Request-Groups") == [""], comment)
            #expect(response["Cache-Control"] == "no-store", comment)
            #expect(response.body.isEmpty, comment)
        }

        private func expectNoToken(_ response: RawResponse, _ comment: Comment? = nil) {
            #expect(response.status == 401, comment)
            #expect(response["WWW-Authenticate"] == "Bearer realm=\"authd\"", comment)
            #expect(response["X-Authd-Decision"] == "deny", comment)
            #expect(response["X-Authd-Reason"] == "token_missing", comment)
            #expect(response["Cache-Control"] == "no-store", comment)
        }

        @Test func both_listeners_give_the_same_answers() throws {
            for address in [daemon.decision, daemon.decisionSocket] {
                let client = try RawConnection(to: address)
                expectAllowed(try client.exchange(question("GET", "/hello", token: good)), "\(address)")
                expectNoToken(try client.exchange(question("GET", "/hello")), "\(address)")
                expectAllowed(try client.exchange(question("POST", "/hello/x?y=1", token: good)), "\(address)")
            }
        }

        @Test func one_connection_serves_many_questions() throws {
            let client = try RawConnection(to: daemon.decisionSocket)
            for number in 0..<200 {
                let response = try client.exchange(
                    question("GET", "/hello/\(number)", token: number % 2 == 0 ? good : nil)
                )
                #expect(response.status == (number % 2 == 0 ? 200 : 401))
            }
        }

        @Test func pipelined_questions_are_answered_in_order() throws {
            let client = try RawConnection(to: daemon.decision)
            let count = 500
            let all = (0..<count).map { question("GET", "/hello/\($0)", token: $0 % 3 == 0 ? good : nil) }.joined()
            try client.send(all)
            for number in 0..<count {
                let response = try client.readResponse()
                #expect(response.status == (number % 3 == 0 ? 200 : 401), "answer \(number)")
            }
        }

        @Test func a_question_may_come_in_pieces() throws {
            let client = try RawConnection(to: daemon.decision)
            for byte in Array(question("GET", "/hello", token: good).utf8) { try client.send([byte]) }
            expectAllowed(try client.readResponse())
        }

        // nginx's subrequests are HTTP/1.0 with Connection: close unless it is told otherwise.
        @Test func an_HTTP_1_0_question_is_answered_and_the_connection_closed() throws {
            let client = try RawConnection(to: daemon.decisionSocket)
            let response = try client.exchange(question("GET", "/hello", version: "HTTP/1.0", token: good))
            expectAllowed(response)
            try client.expectClose()
        }

        @Test func an_HTTP_1_0_question_without_host_is_answered() throws {
            let client = try RawConnection(to: daemon.decision)
            let head = "GET /authorize HTTP/1.0\r\nX-Original-Method: GET\r\nX-Original-URI: /hello\r\n"
            expectAllowed(try client.exchange(head + "Authorization: Bearer \(good)\r\n\r\n"))
            try client.expectClose()
        }

        @Test func connection_close_is_obeyed() throws {
            let client = try RawConnection(to: daemon.decision)
            let response = try client.exchange(question("GET", "/hello", token: good, fields: ["Connection: close"]))
            expectAllowed(response)
            #expect(response.closes)
            try client.expectClose()
        }

        @Test(arguments: ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"])
        func any_method_may_ask(method: String) throws {
            let client = try RawConnection(to: daemon.decision)
            for _ in 0..<2 {
                expectAllowed(try client.exchange(question("GET", "/hello", token: good, asking: method)), "\(method)")
            }
            let refused = try client.exchange(question("GET", "/hello", asking: method))
            #expect(refused.status == 401)
            if method == "HEAD" { #expect(refused.body.isEmpty) }
        }

        @Test func a_body_is_drained_and_ignored() throws {
            let client = try RawConnection(to: daemon.decision)
            let text = String(repeating: "x", count: 10_000)
            expectAllowed(try client.exchange(question("POST", "/hello", token: good, asking: "POST", body: text)))
            let chunked = question(
                "POST",
                "/hello",
                token: good,
                fields: ["Transfer-Encoding: chunked"],
                asking: "POST"
            )
            expectAllowed(try client.exchange(chunked + "5\r\nhello\r\n0\r\n\r\n"))
            expectNoToken(try client.exchange(question("GET", "/hello")))
        }

        @Test func half_a_closed_connection_still_gets_its_answer() throws {
            let client = try RawConnection(to: daemon.decision)
            try client.send(question("GET", "/hello", token: good))
            client.halfClose()
            expectAllowed(try client.readResponse())
            try client.expectClose()
        }

        @Test(arguments: ["Bearer", "bearer", "BEARER", "bEaReR"])
        func the_scheme_is_read_in_any_case(scheme: String) throws {
            let client = try RawConnection(to: daemon.decision)
            expectAllowed(try client.exchange(question("GET", "/hello", fields: ["authorization: \(scheme) \(good)"])))
        }

        @Test(arguments: ["/", "/metrics", "/healthz", "/authorized", "/authorize/", "/authorize/nginx", "/hello"])
        func no_other_path_of_the_listener_ever_allows(path: String) throws {
            let client = try RawConnection(to: daemon.decision)
            let metadata = ["X-Original-Method: GET", "X-Original-URI: /hello"]
            let response = try client.exchange(request("GET", path, token: good, fields: metadata))
            #expect((400..<500).contains(response.status))
            #expect(response["X-Authd-Decision"] != "allow")
        }

        @Test func an_anonymous_rule_asks_for_no_token_and_tells_no_identity() throws {
            let client = try RawConnection(to: daemon.decision)
            let response = try client.exchange(question("GET", "/healthz", fields: ["X-Auth-Request-User: root"]))
            #expect(response.status == 200)
            #expect(response["X-Authd-Rule"] == "health")
            #expect(response.values("X-Auth-Request-User") == [""])
        }
    }
}

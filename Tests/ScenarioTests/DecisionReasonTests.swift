import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// Every reason that an HMAC token can meet at `/authorize`, with its status and its headers.
    @Suite struct DecisionReasonTests {
        private static let mint = TokenMint(secret: DaemonConfiguration.secret, keyIdentifier: "k1")
        private static var now: Int { Int(Date().timeIntervalSince1970) }

        private static let invalidToken = "Bearer realm=\"authd\", error=\"invalid_token\""
        private static let invalidRequest = "Bearer realm=\"authd\", error=\"invalid_request\""

        /// One question and the whole of its answer.
        struct Case: Sendable, CustomTestStringConvertible {
            let reason: String
            let status: Int
            /// The beginning of the one WWW-Authenticate; nil: not looked at.
            var challenge: String?
            var method = "GET"
            var uri = "/hello"
            var host: String?
            var fields: [String] = []
            var testDescription: String { reason }
        }

        private static func refused(_ reason: String, _ token: String, challenge: String = invalidToken) -> Case {
            Case(reason: reason, status: 401, challenge: challenge, fields: ["Authorization: Bearer \(token)"])
        }

        private static func denied(
            _ reason: String,
            _ token: String,
            uri: String = "/hello",
            method: String = "GET"
        ) -> Case {
            Case(reason: reason, status: 403, method: method, uri: uri, fields: ["Authorization: Bearer \(token)"])
        }

        static var tokenCases: [Case] {
            let good = mint.token()
            return [
                Case(reason: "token_missing", status: 401, challenge: "Bearer realm=\"authd\""),
                refused("token_malformed", "not-a-token"),
                refused("token_malformed", "\(good).x"),
                refused("token_malformed", String(good.dropLast()) + "="),
                refused("token_malformed", "\(good), Bearer \(good)"),
                Case(
                    reason: "token_repeated",
                    status: 401,
                    challenge: invalidRequest,
                    fields: ["Authorization: Bearer \(good)", "authorization: Bearer \(good)"],
                ),
                refused("token_too_long", mint.token(["pad": .string(String(repeating: "x", count: 8000))])),
                refused("algorithm_not_allowed", TokenMint(secret: mint.secret, algorithm: .hs512).token()),
                refused("algorithm_not_allowed", mint.sign(headerText: #"{"alg":"none"}"#, payload: "{}")),
                refused(
                    "critical_header_unsupported",
                    mint.sign(payload: #"{"iss":"https://issuer.example"}"#, header: ["crit": ["x"], "x": 1]),
                ),
                refused("issuer_unknown", mint.token(["iss": "https://other.example"])),
                refused("issuer_unknown", mint.token(["iss": nil])),
                refused("key_unknown", TokenMint(secret: mint.secret, keyIdentifier: "k9").token()),
                refused(
                    "signature_invalid",
                    TokenMint(secret: "another-secret-of-32-bytes-length", keyIdentifier: "k1").token()
                ),
                refused("token_expired", mint.token(["exp": .number(now - 1)])),
                refused("token_expired", mint.token(["exp": .number(now)])),
                refused("token_not_yet_valid", mint.token(["nbf": .number(now + 60)])),
                refused("lifetime_too_long", mint.token(["exp": .number(now + 90_000)])),
                refused("claim_missing", mint.token(["exp": nil])),
                refused("claim_malformed", mint.token(["exp": .string("\(now + 60)")])),
                refused("claim_malformed", mint.token(["exp": .verbatim("1e400")])),
                refused("claim_malformed", mint.token(["sub": 5])),
                refused("audience_mismatch", mint.token(["aud": "another-api"])),
                refused("audience_mismatch", mint.token(["aud": nil])),
                denied("scope_insufficient", mint.token(["scope": "hello.write"])),
                denied("scope_insufficient", mint.token(["scope": nil])),
                denied("claim_mismatch", mint.token(["department": "sales"]), uri: "/eng/x"),
                denied("claim_mismatch", mint.token(), uri: "/eng/x"),
            ]
        }

        static var placeCases: [Case] {
            let good = mint.token()
            return [
                denied("no_rule", good, uri: "/elsewhere"),
                denied("no_rule", good, uri: "/"),
                denied("rule_denies", good, uri: "/internal/x"),
                denied("method_not_allowed", good, method: "DELETE"),
                denied("method_not_allowed", good, method: "get"),
                denied("path_ambiguous", good, uri: "/hello/..%2fadmin"),
                denied("path_ambiguous", good, uri: "/hello//x"),
                denied("path_ambiguous", good, uri: "/hello/%2e%2e/x"),
                denied("path_ambiguous", good, uri: "/hello;x=1"),
                denied("path_ambiguous", good, uri: "/hello#x"),
                denied("host_invalid", good).with(host: "bad host"),
                denied("metadata_missing", good).with(field: "X-Original-URI: /hello"),
                denied("metadata_missing", good).with(field: "X-Original-Method: GET"),
            ]
        }

        private func daemon() throws -> DaemonFixture {
            var configuration = DaemonConfiguration()
            configuration.issuer += "\n    max_lifetime: 24h"
            let key = TokenMint.base64url(Array(DaemonConfiguration.secret.utf8))
            configuration.secrets = #"{"keys":[{"kty":"oct","kid":"k1","alg":"HS256","k":"\#(key)"}]}"#
            return try DaemonFixture(configuration)
        }

        private func check(_ cases: [Case]) throws {
            let daemon = try daemon()
            for address in [daemon.decision, daemon.decisionSocket] {
                for expected in cases {
                    let client = try RawConnection(to: address)
                    let text = question(expected.method, expected.uri, host: expected.host, fields: expected.fields)
                    let response = try client.exchange(text)
                    let comment = Comment(rawValue: "\(expected.reason) \(expected.uri)")
                    #expect(response["X-Authd-Reason"] == expected.reason, comment)
                    #expect(response.status == expected.status, comment)
                    #expect(response["X-Authd-Decision"] == "deny", comment)
                    #expect(response["Cache-Control"] == "no-store", comment)
                    if let challenge = expected.challenge {
                        #expect(response.values("WWW-Authenticate").count == 1, comment)
                        #expect(response["WWW-Authenticate"]?.hasPrefix(challenge) == true, comment)
                    }
                    if expected.reason == "token_missing" {
                        #expect(response["WWW-Authenticate"]?.contains("error") == false, comment)
                    }
                }
            }
        }

        @Test func each_fault_of_a_token_has_its_reason() throws {
            try check(Self.tokenCases)
        }

        @Test func each_fault_of_a_request_has_its_reason() throws {
            try check(Self.placeCases)
        }

        @Test func a_token_that_is_not_enough_names_the_scope_as_the_fault() throws {
            let daemon = try daemon()
            let client = try RawConnection(to: daemon.decision)
            let response = try client.exchange(question("GET", "/hello", token: Self.mint.token(["scope": nil])))
            #expect(response["WWW-Authenticate"]?.contains("error=\"insufficient_scope\"") == true)
        }

        @Test func a_denied_path_tells_nothing_of_the_token() throws {
            let daemon = try daemon()
            let client = try RawConnection(to: daemon.decision)
            let answers = try [nil, "rubbish", Self.mint.token(), Self.mint.token(["exp": 1])].map { token in
                try client.exchange(question("GET", "/internal/x", token: token))
            }
            for answer in answers { #expect(answer == answers[0]) }
        }

        @Test func all_bad_tokens_get_the_same_body() throws {
            let daemon = try daemon()
            let bodies = try Self.tokenCases.filter { $0.status == 401 }.map { expected in
                let client = try RawConnection(to: daemon.decision)
                return try client.exchange(question("GET", "/hello", fields: expected.fields)).body
            }
            #expect(Set(bodies).count == 1)
        }

        @Test func nothing_of_an_unverified_token_is_echoed() throws {
            let daemon = try daemon()
            let client = try RawConnection(to: daemon.decision)
            let marker = "ECHO-7f3a"
            let token = TokenMint(secret: "a-wrong-secret-of-thirty-two-bytes", keyIdentifier: marker)
                .token(["sub": .string(marker), "iss": .string(marker)])
            let response = try client.exchange(question("GET", "/hello", token: token))
            #expect(response.status == 401)
            let shown = response.fields.map { "\($0.name): \($0.value)" }.joined() + response.text
            #expect(!shown.contains(marker))
            try daemon.process.stop()
            #expect(!daemon.process.allOutput.contains(marker))
            #expect(!daemon.process.allOutput.contains(token.suffix(20)))
        }
    }
}

extension Scenarios.DecisionReasonTests.Case {
    fileprivate func with(host: String) -> Self {
        var copy = self
        copy.host = host
        return copy
    }

    fileprivate func with(field: String) -> Self {
        var copy = self
        copy.fields.append(field)
        return copy
    }
}

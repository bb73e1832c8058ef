import Foundation
import Glibc
import TestSupport
import Testing

extension LambdaLab {
    @Suite struct InvokerTests {
        private func lab(_ api: RecordingUpstream, _ more: [String: String] = [:]) throws -> LambdaEmulator {
            var environment = ["API_URL": "http://\(api.address)/prod/hello", "JWT_SECRET": LambdaLab.secret]
            environment.merge(more) { _, new in new }
            return try LambdaEmulator(BuiltProducts.program("apigw-invoker"), environment: environment)
        }

        /// The token of the only request that the API got.
        private func token(_ api: RecordingUpstream) throws -> SignedToken {
            let field = try #require(api.requests.first?["Authorization"])
            #expect(api.requests.count == 1)
            let text = try #require(field.hasPrefix("Bearer ") ? field.dropFirst(7) : nil)
            let token = try SignedToken(String(text))
            let signature = TokenMint.hmac(.sha256, key: Array(LambdaLab.secret.utf8), Array(token.input))
            #expect(token.signature == Data(signature))
            return token
        }

        @Test func the_api_is_called_with_a_fresh_token_of_a_minute() throws {
            let api = try RecordingUpstream()
            let lab = try lab(api)
            let before = Int(Date().timeIntervalSince1970)
            #expect(try lab.invoke("{}") == LambdaLab.hello)
            let token = try token(api)
            #expect(token.header["alg"] as? String == "HS256")
            #expect(token.claims["sub"] as? String == "apigw-invoker")
            let issued = try #require(token.claims["iat"] as? Int)
            #expect((before...before + 60).contains(issued))
            #expect(token.claims["exp"] as? Int == issued + 60)
            #expect((token.claims["jti"] as? String)?.count == 22)
            #expect(api.requests[0].method == "GET")
            #expect(api.requests[0].target == "/prod/hello")
            api.forget()
            #expect(try lab.invoke("") == LambdaLab.hello)
            #expect(try self.token(api).claims["jti"] as? String != token.claims["jti"] as? String)
        }

        @Test func a_tester_may_ask_for_an_expired_token_and_another_subject() throws {
            let api = try RecordingUpstream()
            let lab = try lab(api)
            #expect(try lab.invoke(#"{"expired":true,"sub":"alice","other":[1]}"#) == LambdaLab.hello)
            let token = try token(api)
            #expect(token.claims["sub"] as? String == "alice")
            let expiry = try #require(token.claims["exp"] as? Int)
            #expect(expiry < Int(Date().timeIntervalSince1970) - 3000)
            #expect(token.claims["iat"] as? Int == expiry - 60)
            for event in [#"{"expired":1}"#, #"{"sub":""}"#, #"{"sub":null}"#, "{"] {
                let answer = try LambdaLab.object(lab.invoke(event))
                #expect(answer["errorType"] as? String == "Function.EventInvalid")
            }
            #expect(api.requests.count == 1)
        }

        @Test(arguments: [401, 403])
        func a_refusal_is_exactly_unauthorized(status: Int) throws {
            let api = try RecordingUpstream { _ in .response(status: status, body: "{\"message\":\"no\"}") }
            let lab = try lab(api)
            #expect(try lab.invoke("{}") == LambdaLab.unauthorized)
            // The function lives on.
            #expect(try lab.invoke("{}") == LambdaLab.unauthorized)
        }

        @Test(arguments: [200, 204, 302, 404, 429, 500, 502])
        func other_answers_are_handed_on_with_their_body(status: Int) throws {
            let body = status == 204 ? "" : "\"\\\n\u{1}é"
            let api = try RecordingUpstream { _ in
                .response(status: status, fields: ["Location": "http://127.0.0.1:1/"], body: body)
            }
            let answer = try LambdaLab.object(lab(api).invoke("{}"))
            #expect(answer["statusCode"] as? Int == status)
            #expect(answer["body"] as? String == body)
            #expect(api.requests.count == 1)
        }

        @Test func an_api_that_cannot_be_called_is_told_without_secrets() throws {
            let nobody = try FreePort.next()
            for url in ["http://127.0.0.1:\(nobody)/", "https://127.0.0.1:\(nobody)/"] {
                let api = try RecordingUpstream()
                let lab = try lab(api, ["API_URL": url])
                let text = try lab.invoke("{}")
                #expect(try LambdaLab.object(text)["errorType"] as? String == "Function.RequestFailed")
                #expect(!text.contains("eyJ"))
                #expect(!lab.process.allOutput.contains(LambdaLab.secret))
                #expect(!lab.process.allOutput.contains("eyJ"))
            }
        }

        /// In front of the API stands authd itself, with a certificate.
        private func guarded(_ api: RecordingUpstream, _ leaf: CertificateAuthority.Leaf) throws -> DaemonFixture {
            var configuration = DaemonConfiguration(upstream: api.address)
            configuration.tls = "{ certificate: \(leaf.certificate), key: \(leaf.key) }"
            return try DaemonFixture(configuration)
        }

        @Test(.enabled(if: geteuid() == 0, "skipped: another set of certificate authorities takes root"))
        func the_api_is_called_over_TLS_by_a_certificate_that_is_trusted_and_by_no_other() throws {
            let authority = try CertificateAuthority()
            let api = try RecordingUpstream()
            let good = try guarded(api, try authority.leaf("DNS:localhost"))
            let other = try guarded(api, try authority.leaf("DNS:other.example", to: "other"))
            func answer(_ daemon: DaemonFixture, trusting file: String?) throws -> String {
                guard case .tcp(let port) = daemon.proxy else { return "" }
                return try LambdaEmulator(
                    BuiltProducts.program("apigw-invoker"),
                    environment: ["API_URL": "https://localhost:\(port)/public/x", "JWT_SECRET": LambdaLab.secret],
                    trusting: file
                ).invoke("{}")
            }
            #expect(try answer(good, trusting: authority.file) == LambdaLab.hello)
            #expect(api.requests.map { $0.values("X-Forwarded-Proto") } == [["https"]])
            for refused in [try answer(good, trusting: nil), try answer(other, trusting: authority.file)] {
                #expect(try LambdaLab.object(refused)["errorType"] as? String == "Function.RequestFailed")
            }
            #expect(api.requests.count == 1)
        }

        @Test func an_answer_beyond_lambdas_limit_is_an_error_and_the_function_lives_on() throws {
            // Six bytes of JSON for each of them.
            let large = String(repeating: "\u{1}", count: 2_000_000)
            let bodies = Awaited([large, String(repeating: "x", count: 6_000_000), "Hello, world!"])
            let api = try RecordingUpstream { _ in .response(status: 200, body: bodies.update { $0.removeFirst() }) }
            let lab = try lab(api)
            let oversized = try LambdaLab.object(lab.invoke("{}"))
            #expect(oversized["errorType"] as? String == "Function.ResponseSizeTooLarge")
            let unread = try LambdaLab.object(lab.invoke("{}"))
            #expect(unread["errorType"] as? String == "Function.ResponseTooLarge")
            #expect(try lab.invoke("{}") == LambdaLab.hello)
        }

        @Test(
            arguments: [
                (["JWT_SECRET": ""], "Function.SecretMissing"), (["API_URL": ""], "Function.BadSetting"),
                (["API_URL": "ftp://h/"], "Function.BadSetting"),
                (["JWT_SECRET_ID": "both"], "Function.SecretConflict"),
                (["MINIMUM_SECRET_BYTES": "64"], "Function.SecretRefused"),
            ] as [([String: String], String)]
        )
        func a_wrong_environment_is_an_init_error(change: [String: String], type: String) throws {
            let lab = try lab(RecordingUpstream(), change)
            let answer = try LambdaLab.object(lab.invoke("{}"))
            #expect(answer["errorType"] as? String == type)
            #expect(answer["errorMessage"] as? String != nil)
        }

        @Test func a_short_secret_works_and_is_named_in_a_warning() throws {
            let api = try RecordingUpstream()
            let lab = try lab(api, ["JWT_SECRET": "mysecret"])
            #expect(try lab.invoke("{}") == LambdaLab.hello)
            let line = try lab.process.waitForLine(containing: "the secret is short: 8 bytes")
            #expect(line.contains(#""level":"WARN""#))
            #expect(!lab.process.allOutput.contains("mysecret"))
        }
    }
}

import Foundation
import TestSupport
import Testing

/// The program itself, with a made Runtime API and a made secrets extension.
@Suite(.serialized) struct AuthorizerProcessTests {
    private let mint = TokenMint(secret: "one-secret-of-at-least-32-bytes--")
    private let other = TokenMint(secret: "two-secret-of-at-least-32-bytes--")

    private func extensionServer(_ secrets: Awaited<[String: String]>) throws -> RecordingUpstream {
        try RecordingUpstream { request in
            let stage = request.target.contains("AWSPREVIOUS") ? "previous" : "current"
            guard let secret = secrets.current[stage] else {
                return .response(status: 400, body: "ResourceNotFoundException")
            }
            return .response(status: 200, body: "{\"SecretString\":\"\(secret)\"}")
        }
    }

    private func environment(_ server: RecordingUpstream, ttl: Int) -> [String: String] {
        let port = if case .tcp(let port) = server.address { port } else { 0 }
        return [
            "JWT_SECRET_ID": "jwt", "JWT_SECRET_TTL": "\(ttl)", "AWS_SESSION_TOKEN": "session-token-of-the-role",
            "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT": "\(port)",
        ]
    }

    private func text(_ mint: TokenMint) -> String { String(decoding: mint.secret, as: UTF8.self) }

    @Test func a_short_secret_works_and_is_named_in_a_warning() throws {
        let authorizer = try AuthorizerProcess(["JWT_SECRET": "mysecret"])
        let answer = try authorizer.answer(token: TokenMint(secret: "mysecret").token())
        #expect(answer.effect == "Allow" && answer.principal == "alice" && answer.reason == "allowed")
        try authorizer.process.waitForLine(containing: "the secret is short: 8 bytes")
        #expect(try authorizer.answer(token: mint.token()).reason == "signature_invalid")
    }

    @Test func both_secrets_of_the_environment_count() throws {
        let secrets = ["JWT_SECRET": text(mint), "JWT_SECRET_PREVIOUS": text(other)]
        let authorizer = try AuthorizerProcess(secrets)
        #expect(try authorizer.answer(token: mint.token()).effect == "Allow")
        #expect(try authorizer.answer(token: other.token()).effect == "Allow")
    }

    @Test func the_error_mode_says_exactly_unauthorized() throws {
        let authorizer = try AuthorizerProcess(["JWT_SECRET": text(mint), "UNAUTHORIZED_MODE": "error"])
        for token in [nil, "x", other.token(), mint.token(["exp": 5])] {
            let answer = try authorizer.runtime.invoke(
                "{\"type\":\"TOKEN\",\"authorizationToken\":\(token.map { "\"Bearer \($0)\"" } ?? "null"),"
                    + "\"methodArn\":\"arn:aws:execute-api:r:1:a/s/GET/x\"}"
            )
            #expect(answer.isError && answer.body == "{\"errorMessage\":\"Unauthorized\"}")
        }
        #expect(try authorizer.answer(token: mint.token()).effect == "Allow")
    }

    @Test func an_event_that_is_none_fails_and_the_process_goes_on() throws {
        let authorizer = try AuthorizerProcess(["JWT_SECRET": text(mint)])
        #expect(try authorizer.answer("").errorMessage == "the event is not a JSON object")
        #expect(try authorizer.answer(token: mint.token()).effect == "Allow")
    }

    @Test(
        arguments: [
            ([:], "no secret: set JWT_SECRET"),
            (["JWT_SECRET": "mysecret", "MINIMUM_SECRET_BYTES": "32"], "8 bytes, but at least 32 are needed"),
            (["JWT_SECRET": "a", "JWT_SECRET_ID": "b"], "JWT_SECRET and JWT_SECRET_ID are set: keep one"),
            (["JWT_SECRET": "mysecret", "UNAUTHORIZED_MODE": "maybe"], "UNAUTHORIZED_MODE is none of: deny, error"),
            (["JWT_SECRET": "mysecret", "AUTHD_POLICY": "missing.json"], "missing.json cannot be read"),
            (["JWT_SECRET": "-----BEGIN PUBLIC KEY-----"], "JWT_SECRET: "),
        ] as [([String: String], String)]
    )
    func what_cannot_work_is_an_init_error(_ environment: [String: String], _ message: String) throws {
        let authorizer = try AuthorizerProcess(environment)
        #expect(try authorizer.runtime.initError().contains(message))
        #expect(try authorizer.process.waitForExit() == .code(1))
    }

    @Test func a_secret_is_rotated_while_the_function_is_warm() throws {
        let secrets = Awaited(["current": text(mint)])
        let server = try extensionServer(secrets)
        let authorizer = try AuthorizerProcess(environment(server, ttl: 86_400))
        #expect(try authorizer.answer(token: mint.token()).effect == "Allow")
        secrets.update { $0 = ["current": text(other), "previous": text(mint)] }
        // Nobody waits for the time to live: a token by a secret that is not known makes it look.
        #expect(try authorizer.answer(token: other.token()).effect == "Allow")
        #expect(try authorizer.answer(token: mint.token()).effect == "Allow")
        let asked = server.requests.count
        for _ in 0..<20 { #expect(try authorizer.answer(token: TokenMint(secret: "x").token()).effect == "Deny") }
        #expect(server.requests.count == asked)
        #expect(server.requests.allSatisfy { $0["x-aws-parameters-secrets-token"] == "session-token-of-the-role" })
    }

    @Test func a_previous_version_that_is_no_secret_does_not_take_the_current_one_away() throws {
        let server = try extensionServer(Awaited(["current": text(mint), "previous": "replace me"]))
        let authorizer = try AuthorizerProcess(environment(server, ttl: 60))
        #expect(try authorizer.answer(token: mint.token()).effect == "Allow")
        try authorizer.process.waitForLine(containing: "the previous secret cannot serve")
    }

    @Test func a_secret_that_was_taken_away_ends_with_the_next_look() throws {
        let secrets = Awaited(["current": text(mint)])
        let server = try extensionServer(secrets)
        let authorizer = try AuthorizerProcess(environment(server, ttl: 0))
        #expect(try authorizer.answer(token: mint.token()).effect == "Allow")
        secrets.update { $0 = ["current": text(other)] }
        #expect(try authorizer.answer(token: mint.token()).reason == "signature_invalid")
        // The extension fails: the last good secret counts on.
        server.stop()
        #expect(try authorizer.answer(token: other.token()).effect == "Allow")
        try authorizer.process.waitForLine(containing: "the last good one counts on")
    }

    @Test func without_any_secret_nothing_is_decided() throws {
        let server = try extensionServer(Awaited([:]))
        let authorizer = try AuthorizerProcess(environment(server, ttl: 60))
        let answer = try authorizer.answer(token: mint.token())
        #expect(answer.errorMessage == "there are no keys to decide with")
        // A request that no token could help is denied all the same.
        #expect(try authorizer.answer(token: mint.token(), rest: "GET/a%2fb").reason == "path_ambiguous")
    }

    @Test func public_keys_stand_in_the_zip() throws {
        let folder = try TemporaryDirectory()
        let key = IssuerKey("k1")
        try folder.makeDirectory("keys")
        try folder.write(IssuerKey.set(key), to: "keys/login.json")
        try folder.write(
            """
            {"issuers":[{"name":"login","algorithms":["ES256"],"max_lifetime":"unlimited","require":[]}],
            "rules":[{"name":"all","match":{"path":"/**"},"require":{"issuer":"login"}}]}
            """,
            to: "policy.json"
        )
        let environment = ["LAMBDA_TASK_ROOT": folder.path, "AUTHD_POLICY": "policy.json"]
        let authorizer = try AuthorizerProcess(environment)
        #expect(try authorizer.answer(token: key.token()).effect == "Allow")
        #expect(try authorizer.answer(token: IssuerKey("k1").token()).reason == "signature_invalid")
        folder.remove("keys/login.json")
        let without = try AuthorizerProcess(environment)
        #expect(try without.runtime.initError().contains("keys/login.json"))
    }

    @Test func neither_secret_nor_token_is_left_anywhere() throws {
        let authorizer = try AuthorizerProcess(["JWT_SECRET": text(mint), "JWT_SECRET_PREVIOUS": text(other)])
        let tokens = [mint.token(), other.token(), TokenMint(secret: "x").token()]
        for token in tokens { _ = try authorizer.answer(token: token) }
        let line = try authorizer.process.waitForLine(containing: "signature_invalid")
        #expect(line.contains("\"rule\":\"any-valid-token\"") && line.contains("\"requestId\":\"3\""))
        let identifier = authorizer.process.processIdentifier
        let environment = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(identifier)/environ"))
        let places = [authorizer.process.allOutput, String(decoding: environment, as: UTF8.self)]
        for place in places {
            #expect(!place.contains(text(mint)) && !place.contains(text(other)) && !place.contains("alice"))
            for token in tokens { #expect(!place.contains(token.split(separator: ".")[1])) }
        }
    }
}

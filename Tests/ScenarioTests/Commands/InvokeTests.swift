import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// `authd invoke` against a server that records what it gets.
    @Suite struct InvokeTests {
        private let directory: TemporaryDirectory

        init() throws {
            directory = try TemporaryDirectory()
            try directory.write(DaemonConfiguration.secret + "\n", to: "jwt")
        }

        private func invoke(_ url: String, _ more: String...) throws -> RunningProcess {
            try AuthdProgram.run(["invoke", url, "--secret-file", directory.file("jwt")] + more)
        }

        private func upstream(
            _ status: Int,
            _ body: String,
            _ fields: [String: String] = [:]
        ) throws -> RecordingUpstream {
            try RecordingUpstream(answer: { _ in .response(status: status, fields: fields, body: body) })
        }

        @Test func the_status_and_the_body_are_printed_and_2xx_is_success() throws {
            let server = try upstream(200, "Hello, world!")
            let called = try invoke("http://\(server.address)/hello?x=1", "--audience", "hello-api")
            #expect(called.exitStatus == .code(0), "\(called.allOutput)")
            #expect(called.standardOutput == "200\nHello, world!\n")
            #expect(called.standardError.isEmpty)
            let request = try #require(server.requests.first)
            #expect(request.method == "GET" && request.target == "/hello?x=1")
            let field = try #require(request["Authorization"])
            #expect(field.hasPrefix("Bearer "))
            let token = try TokenParts(String(field.dropFirst(7)))
            #expect(token.isSigned(by: Array(DaemonConfiguration.secret.utf8), .sha256))
            #expect(token.claims["sub"] as? String == "authd-invoke" && token.claims["aud"] as? String == "hello-api")
            let lifetime = (token.claims["exp"] as? Int ?? 0) - (token.claims["iat"] as? Int ?? 0)
            #expect(lifetime == 60)
            #expect(!called.allOutput.contains(token.signature))
        }

        @Test(arguments: [(204, "", 0), (401, "denied", 1), (403, "", 1), (503, "later\n", 1), (304, "", 1)])
        func the_exit_code_follows_the_status(status: Int, body: String, code: Int) throws {
            let server = try upstream(status, body)
            let called = try invoke("http://\(server.address)/")
            #expect(called.exitStatus == .code(Int32(code)), "\(called.allOutput)")
            #expect(called.standardOutput.hasPrefix("\(status)\n"))
        }

        @Test func a_redirect_is_not_followed_with_the_token() throws {
            let elsewhere = try upstream(200, "stolen")
            let server = try upstream(302, "", ["Location": "http://\(elsewhere.address)/"])
            let called = try invoke("http://\(server.address)/")
            #expect(called.exitStatus == .code(1) && called.standardOutput.hasPrefix("302\n"))
            #expect(elsewhere.requests.isEmpty)
        }

        @Test func a_server_that_is_not_there_is_told_in_one_line() throws {
            let called = try invoke("http://127.0.0.1:\(try FreePort.next())/")
            #expect(called.exitStatus == .code(1))
            #expect(called.standardOutput.isEmpty)
            #expect(called.standardError.split(separator: "\n").count == 1, "\(called.standardError)")
            #expect(!called.standardError.contains("Bearer"))
        }

        @Test func a_server_that_speaks_no_TLS_is_not_called_in_plain_text() throws {
            let server = try upstream(200, "Hello, world!")
            let called = try invoke("https://\(server.address)/")
            #expect(called.exitStatus == .code(1))
            #expect(server.requests.isEmpty)
        }

        @Test(arguments: [
            "", "hello", "ftp://127.0.0.1/", "http://", "http:///x", "unix:/run/x", "http+unix://%2Frun/x",
        ])
        func what_is_no_URL_of_http_is_a_usage_error(url: String) throws {
            let called = try invoke(url)
            #expect(called.exitStatus == .code(64), "\(called.allOutput)")
        }

        @Test func a_secret_that_is_not_there_calls_nobody() throws {
            let server = try upstream(200, "")
            let called = try AuthdProgram.run(
                ["invoke", "http://\(server.address)/", "--secret-file", directory.file("nowhere")]
            )
            #expect(called.exitStatus == .code(1))
            #expect(server.requests.isEmpty)
        }
    }
}

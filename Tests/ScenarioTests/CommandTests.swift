import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// The commands beside `serve`, with their exit codes.
    @Suite struct CommandTests {
        private func authd(_ arguments: String..., input: String? = nil) throws -> RunningProcess {
            try RunningProcess.run(BuiltProducts.program("authd"), arguments, input: input.map { Array($0.utf8) })
        }

        private func mint(_ files: TemporaryDirectory, _ more: [String] = []) throws -> String {
            let arguments =
                [
                    "token", "mint", "--secret-file", files.file("jwt"), "--issuer", DaemonConfiguration.issuer,
                    "--audience", DaemonConfiguration.audience, "--scope", "hello.read", "--sub", "alice",
                ] + more
            let process = try RunningProcess.run(BuiltProducts.program("authd"), arguments)
            #expect(process.exitStatus == .code(0), "\(process.allOutput)")
            return process.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
        }

        @Test func a_minted_token_is_allowed_and_can_be_inspected() throws {
            let daemon = try DaemonFixture()
            let token = try mint(daemon.directory, ["--ttl", "60s"])
            let response = try RawConnection(to: daemon.decision).exchange(question("GET", "/hello", token: token))
            #expect(response["X-Authd-Reason"] == "allowed")
            let inspected = try authd("token", "inspect", "-", input: token)
            #expect(inspected.exitStatus == .code(0))
            #expect(inspected.standardOutput.contains("alice"))
        }

        @Test func a_generated_secret_has_32_random_bytes() throws {
            let one = try authd("secret", "generate").standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
            let two = try authd("secret", "generate").standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(TokenMint.bytes(base64url: one)?.count == 32)
            #expect(one != two)
        }

        @Test func rotating_and_retiring_keep_the_mode_and_never_break_a_running_daemon() throws {
            let daemon = try DaemonFixture()
            let file = daemon.directory.file("jwt")
            let old = TokenMint(secret: DaemonConfiguration.secret).token()
            func status(_ token: String) throws -> Int {
                try RawConnection(to: daemon.decision).exchange(question("GET", "/hello", token: token)).status
            }
            #expect(try authd("secret", "rotate", file).exitStatus == .code(0))
            let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.last.map(String.init) == DaemonConfiguration.secret)
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            let deadline = Deadline.usual
            let new = try mint(daemon.directory)
            while try status(new) != 200 { try #require(!deadline.isPast) }
            #expect(try status(old) == 200)
            #expect(try authd("secret", "retire", file).exitStatus == .code(0))
            while try status(old) != 401 { try #require(!deadline.isPast) }
            #expect(try status(new) == 200)
        }

        @Test func explain_says_what_the_daemon_would_say() throws {
            let daemon = try DaemonFixture()
            let token = TokenMint(secret: DaemonConfiguration.secret).token()
            let common = ["explain", "--config", daemon.configurationFile, "--method", "GET"]
            let program = try BuiltProducts.program("authd")
            let allowed = try RunningProcess.run(
                program,
                common + ["--uri", "/hello", "--token-file", "-"],
                input: Array(token.utf8)
            )
            #expect(allowed.exitStatus == .code(0), "\(allowed.allOutput)")
            #expect(allowed.standardOutput.contains("allowed"))
            for (uri, reason) in [
                ("/hello", "token_missing"), ("/internal/x", "rule_denies"), ("/hello//x", "path_ambiguous"),
            ] {
                let denied = try RunningProcess.run(program, common + ["--uri", uri])
                #expect(denied.exitStatus == .code(1), "\(denied.allOutput)")
                #expect(denied.standardOutput.contains(reason), "\(denied.allOutput)")
            }
            #expect(!allowed.allOutput.contains(token.suffix(20)))
            #expect(!allowed.allOutput.contains(DaemonConfiguration.secret))
        }

        @Test func invoke_calls_with_a_fresh_token() throws {
            let upstream = try RecordingUpstream()
            var configuration = DaemonConfiguration(upstream: upstream.address)
            // What `invoke` mints needs no more than the secret.
            configuration.issuer = "    algorithms: [HS256]"
            configuration.rules =
                "  - name: all\n    match: { path: /** }\n    require: { issuer: main }\n    upstream: hello"
            let daemon = try DaemonFixture(configuration)
            let good = try authd(
                "invoke",
                "http://\(daemon.proxy)/hello",
                "--secret-file",
                daemon.directory.file("jwt")
            )
            #expect(good.exitStatus == .code(0), "\(good.allOutput)")
            #expect(good.standardOutput.contains("200") && good.standardOutput.contains("Hello, world!"))
            try daemon.directory.write("some-other-secret-of-32-bytes-len\n", to: "other")
            let bad = try authd(
                "invoke",
                "http://\(daemon.proxy)/hello",
                "--secret-file",
                daemon.directory.file("other")
            )
            #expect(bad.exitStatus == .code(1), "\(bad.allOutput)")
            #expect(bad.standardOutput.contains("401"))
        }

        @Test func version_and_help_are_there() throws {
            #expect(try authd("version").exitStatus == .code(0))
            for command in ["serve", "check", "explain", "token", "secret", "invoke", "demo", "version"] {
                let help = try authd(command, "--help")
                #expect(help.exitStatus == .code(0))
                #expect(help.standardOutput.contains(command))
            }
        }

        @Test func hello_answers_on_TCP_and_on_a_unix_socket() throws {
            let directory = try TemporaryDirectory()
            let port = try FreePort.next()
            let addresses: [(String, SocketAddress)] = [
                ("127.0.0.1:\(port)", .tcp(port: port)),
                ("unix:" + directory.file("hello.sock"), .unix(path: directory.file("hello.sock"))),
            ]
            for (argument, address) in addresses {
                let hello = try RunningProcess(BuiltProducts.program("hello"), ["--listen", argument])
                let deadline = Deadline.usual
                while (try? RawConnection(to: address)) == nil {
                    try #require(!deadline.isPast && hello.isRunning, "\(hello.allOutput)")
                }
                let response = try RawConnection(to: address).exchange(request("GET", "/"))
                #expect(response.status == 200)
                #expect(response.text.hasPrefix("Hello, world!"))
                #expect(try hello.stop() == .code(0))
            }
        }
    }
}

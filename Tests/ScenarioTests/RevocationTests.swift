import Glibc
import TestSupport
import Testing

extension Scenarios {
    /// A list of revocations and a running daemon.
    @Suite struct RevocationTests {
        private let mint = TokenMint(secret: DaemonConfiguration.secret)

        private static func list(_ entries: String...) -> String {
            entries.isEmpty ? "revoked: []\n" : "revoked:\n" + entries.map { "  - \($0)\n" }.joined()
        }

        private func daemon(_ list: String) throws -> DaemonFixture {
            let folder = try TemporaryDirectory()
            let path = try folder.write(list, to: "revoked.yaml", mode: 0o644)
            var configuration = DaemonConfiguration(upstream: nil)
            configuration.extra = "revocations: { file: \(path) }"
            let daemon = try DaemonFixture(configuration)
            lists.update { $0.append(folder) }
            return daemon
        }

        /// Keeps the folders of the lists until the test is over.
        private let lists = Awaited<[TemporaryDirectory]>([])
        private func replace(_ text: String) throws {
            try lists.current.last?.replace("revoked.yaml", with: text, mode: 0o644)
        }

        private func ask(_ daemon: DaemonFixture, _ token: String) throws -> String {
            let answer = try RawConnection(to: daemon.decision).exchange(question("GET", "/hello", token: token))
            return answer["x-authd-reason"] ?? "none"
        }

        /// Asks on new connections, which go to all event loops in turn, until eight answers in a row are the one.
        private func wait(_ daemon: DaemonFixture, for token: String, toGet wanted: String) throws {
            let deadline = Deadline.usual
            var inARow = 0
            while inARow < 8 {
                try #require(!deadline.isPast, "the list was not taken up\n\(daemon.process.allOutput)")
                inARow = try ask(daemon, token) == wanted ? inARow + 1 : 0
            }
        }

        private func admin(_ daemon: DaemonFixture, _ path: String) throws -> String {
            try RawConnection(to: daemon.admin).exchange(request("GET", path)).text
        }

        @Test func a_revocation_takes_effect_while_connections_are_open_and_ends_with_its_entry() throws {
            let daemon = try daemon(Self.list())
            let (one, other) = (mint.token(["jti": "one"]), mint.token(["jti": "other"]))
            let client = try RawConnection(to: daemon.decision)
            let before = try client.exchange(question("GET", "/hello", token: one))
            #expect(before.status == 200)
            try replace(Self.list("jti: one"))
            try wait(daemon, for: one, toGet: "token_revoked")
            let after = try client.exchange(question("GET", "/hello", token: one))
            #expect(after.status == 401 && after["x-authd-reason"] == "token_revoked")
            #expect(try ask(daemon, other) == "allowed")
            #expect(try admin(daemon, "/metrics").contains("\nauthd_revocations 1\n"))
            try replace(Self.list())
            try wait(daemon, for: one, toGet: "allowed")
        }

        @Test func a_subject_is_revoked_up_to_a_moment_and_an_issuer_only_its_own() throws {
            let daemon = try daemon(
                Self.list("{ sub: alice, issued_before: 2020-01-01T00:00:00Z }", "{ jti: mine, issuer: main }")
            )
            #expect(try ask(daemon, mint.token()) == "allowed")
            #expect(try ask(daemon, mint.token(["iat": nil])) == "token_revoked")
            #expect(try ask(daemon, mint.token(["jti": "mine"])) == "token_revoked")
            try replace(Self.list("{ sub: alice, issued_before: 2200-01-01T00:00:00Z }"))
            try wait(daemon, for: mint.token(), toGet: "token_revoked")
            #expect(try ask(daemon, mint.token(["sub": "bob"])) == "allowed")
        }

        @Test func a_bad_list_is_degraded_with_its_place_and_a_hangup_does_not_lose_the_good_one() throws {
            let daemon = try daemon(Self.list("jti: one"))
            let one = mint.token(["jti": "one"])
            try replace("revoked:\n  - jtl: one\n")
            let deadline = Deadline.usual
            while try !admin(daemon, "/readyz").contains("degraded") {
                try #require(!deadline.isPast, "never degraded\n\(daemon.process.allOutput)")
            }
            #expect(
                try admin(daemon, "/readyz").contains(
                    #"revoked.yaml:2:5: revoked[0]: unknown key; did you mean \"jti\"?"#
                )
            )
            daemon.process.send(signal: SIGHUP)
            _ = try daemon.process.waitForLine(containing: "configuration reloaded")
            #expect(try ask(daemon, one) == "token_revoked")
            try replace(Self.list("jti: two"))
            try wait(daemon, for: one, toGet: "allowed")
        }

        @Test func a_configuration_that_names_a_list_for_the_first_time_has_it_in_force_after_a_hangup() throws {
            let daemon = try DaemonFixture()
            let one = mint.token(["jti": "one"])
            #expect(try ask(daemon, one) == "allowed")
            try daemon.directory.write(Self.list("jti: one"), to: "revoked.yaml", mode: 0o644)
            let path = daemon.directory.file("revoked.yaml")
            try daemon.rewrite { $0.extra = "revocations: { file: \(path) }" }
            daemon.process.send(signal: SIGHUP)
            try wait(daemon, for: one, toGet: "token_revoked")
            try daemon.rewrite { $0.extra = "" }
            daemon.process.send(signal: SIGHUP)
            try wait(daemon, for: one, toGet: "allowed")
        }

        @Test(arguments: ["", "revoked:\n  - jti: a", "revoked:\n  - { jti: a, issuer: nobody }\n"])
        func a_bad_list_at_start_is_78_and_check_says_the_same(text: String) throws {
            let folder = try TemporaryDirectory()
            let path = try folder.write(text, to: "revoked.yaml", mode: 0o644)
            var configuration = DaemonConfiguration()
            configuration.extra = "revocations: { file: \(path) }"
            let files = try DaemonFiles(configuration)
            for command in ["serve", "check"] {
                let process = try RunningProcess(
                    BuiltProducts.program("authd"),
                    [command, "--config", files.configurationFile]
                )
                #expect(try process.waitForExit() == .code(78), "\(command)")
                #expect(process.allOutput.contains("revoked.yaml:"), "\(process.allOutput)")
            }
        }
    }
}

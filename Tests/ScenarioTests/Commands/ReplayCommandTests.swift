import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// `authd replay`: a log that a daemon wrote, decided again under another policy, and held against a daemon that has
    /// that policy.
    @Suite struct ReplayCommandTests {
        private static let mint = TokenMint(secret: DaemonConfiguration.secret)

        /// What is asked of both daemons, in this order.
        private static var questions: [String] {
            let good = mint.token()
            let engineer = mint.token(["department": "eng", "scope": "hello.write"])
            let forged = TokenMint(secret: "some-other-secret-of-32-bytes-len").token(["sub": "mallory-was-here"])
            return [
                question("GET", "/hello", token: good),
                question("GET", "/hello/x?secret=query", host: "API.example:443", token: engineer),
                question("GET", "/eng/plans", token: engineer),
                question("GET", "/eng/plans", token: good),
                question("GET", "/hello"),
                question("GET", "/hello", token: mint.token(["exp": 1])),
                question("GET", "/hello", token: forged),
                question("GET", "/public/a%20b"),
                question("GET", "/internal/x"),
                question("GET", "/nowhere"),
                question("DELETE", "/hello", token: good),
                question("GET", "/hello//x", token: good),
                question("GET", "/hello", host: "bad host", token: good),
            ]
        }

        private static var recording: DaemonConfiguration {
            var configuration = DaemonConfiguration()
            configuration.decisions = "all"
            configuration.loggedClaims = "sub, scope, department"
            return configuration
        }

        private static let newRules = """
              - name: hello
                match: { path: /hello/**, methods: [GET, HEAD] }
                require: { issuer: main, scopes: [hello.write] }
              - name: eng
                match: { path: /eng/** }
                require: { issuer: main, scopes: [hello.read] }
              - name: open
                match: { path: /internal/** }
                allow: anonymous
              - name: closed
                match: { path: /public/** }
                deny: true
            """

        /// Asks a daemon everything. - Returns: its log and its reasons.
        private func ask(_ configuration: DaemonConfiguration) throws -> (log: String, reasons: [String]) {
            let daemon = try DaemonFixture(configuration)
            let client = try RawConnection(to: daemon.decision)
            let reasons = try Self.questions.map { try client.exchange($0)["X-Authd-Reason"] ?? "none" }
            try daemon.process.stop()
            return (daemon.process.standardError, reasons)
        }

        private func configuration(_ rules: String?) throws -> DaemonFiles {
            var configuration = Self.recording
            if let rules { configuration.rules = rules }
            return try DaemonFiles(configuration)
        }

        private func replay(_ log: String, _ files: DaemonFiles, _ more: [String] = []) throws -> RunningProcess {
            // Neither a key nor the network is needed.
            try? FileManager.default.removeItem(atPath: files.directory.file(files.keyFileName))
            return try AuthdProgram.run(["replay", "-", "--config", files.configurationFile] + more, input: log)
        }

        private func objects(_ text: String) throws -> [[String: Any]] {
            try text.split(separator: "\n").map { line in
                try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            }
        }

        @Test func a_recorded_log_replays_as_a_daemon_with_the_new_policy_decides() throws {
            let old = try ask(Self.recording)
            var changed = Self.recording
            changed.rules = Self.newRules
            let new = try ask(changed)
            try #require(old.reasons != new.reasons)

            let replayed = try replay(old.log, try configuration(Self.newRules), ["--format", "json", "--all"])
            #expect(replayed.exitStatus == .code(1), "\(replayed.allOutput)")
            let objects = try objects(replayed.standardOutput)
            let decisions = objects.dropLast()
            try #require(decisions.count == Self.questions.count)
            var undetermined: [String] = []
            for (index, decision) in decisions.enumerated() {
                let change = try #require(decision["change"] as? String)
                #expect((decision["was"] as? [String: Any])?["reason"] as? String == old.reasons[index])
                if change == "undetermined" {
                    undetermined.append(old.reasons[index])
                } else {
                    let becomes = (decision["becomes"] as? [String: Any])?["reason"] as? String
                    #expect(becomes == new.reasons[index], "\(decision)")
                    let outcomes = [old.reasons[index], new.reasons[index]].map { $0 == "allowed" }
                    #expect((change == "allow_to_deny") == (outcomes == [true, false]))
                    #expect((change == "deny_to_allow") == (outcomes == [false, true]))
                }
            }
            #expect(undetermined.isEmpty, "\(replayed.standardOutput)")
            let summary = try #require(objects.last)
            #expect(summary["decisions"] as? Int == Self.questions.count)
            #expect(summary["damaged"] as? Int == 0)
            let changes = try #require(summary["changes"] as? [String: Int])
            #expect(changes["allow_to_deny"] == 3 && changes["deny_to_allow"] == 3, "\(changes)")
            #expect(!replayed.allOutput.contains("mallory") && !old.log.contains("mallory"))
            #expect(!old.log.contains("query") && !old.log.contains("eyJ"))
        }

        @Test func the_same_policy_changes_nothing() throws {
            let old = try ask(Self.recording)
            let files = try configuration(nil)
            for more in [[], ["--format", "json"], ["--all"]] {
                let replayed = try replay(old.log, files, more)
                #expect(replayed.exitStatus == .code(0), "\(replayed.allOutput)")
                #expect(replayed.standardError.isEmpty)
            }
            #expect(try replay(old.log, files).standardOutput.contains("\(Self.questions.count) unchanged"))
        }

        @Test(arguments: ["text", "journal"])
        func other_formats_of_the_log_tell_the_same(format: String) throws {
            var configuration = Self.recording
            configuration.logFormat = format
            let json = try ask(Self.recording).log
            var log = try ask(configuration).log
            if format == "journal" {
                log = try log.split(separator: "\n").map { line in
                    let message = line.drop { $0 != ">" }.dropFirst()
                    let entry = [
                        "MESSAGE": String(message), "__REALTIME_TIMESTAMP": "1795244668123000", "PRIORITY": "5",
                    ]
                    return String(decoding: try JSONSerialization.data(withJSONObject: entry), as: UTF8.self) + "\n"
                }.joined()
            }
            let files = try self.configuration(Self.newRules)
            let expected = try replay(json, files, ["--format", "json"])
            let replayed = try replay(log, files, ["--format", "json"])
            let counts = try [expected, replayed].map { process in
                try #require(try objects(process.standardOutput).last?["changes"] as? [String: Int])
            }
            #expect(counts[0] == counts[1])
            #expect(replayed.exitStatus == .code(1))
        }

        @Test func a_log_without_the_claim_names_the_key_that_is_missing() throws {
            var configuration = Self.recording
            configuration.loggedClaims = ""
            let log = try ask(configuration).log
            #expect(!log.contains("claims"))
            let replayed = try replay(log, try self.configuration(Self.newRules))
            #expect(replayed.exitStatus == .code(1))
            #expect(replayed.standardOutput.contains("log: { claims: [scope] }"), "\(replayed.allOutput)")
        }

        @Test func the_table_shows_what_was_and_what_would_be_with_an_example() throws {
            let replayed = try replay(try ask(Self.recording).log, try configuration(Self.newRules))
            let lines = replayed.standardOutput.split(separator: "\n")
            let row = lines.first { $0.contains("deny scope_insufficient by hello") }
            #expect(row?.contains("allow by hello") == true, "\(replayed.standardOutput)")
            #expect(row?.contains("GET /hello") == true)
            #expect(lines.first?.contains("3 from allow to deny") == true)
            #expect(!replayed.standardOutput.contains("unverified"))
        }

        @Test func a_wrong_configuration_or_log_is_told_as_elsewhere() throws {
            let files = try configuration(nil)
            #expect(try replay("", files).exitStatus == .code(1))
            let none = try replay("{\"message\":\"keys loaded\"}\nrubbish\n", files)
            #expect(none.exitStatus == .code(1) && none.standardError.contains("no decision"))
            let missing = try AuthdProgram.run(
                ["replay", files.directory.file("nowhere"), "--config", files.configurationFile]
            )
            #expect(missing.exitStatus == .code(1) && missing.standardError.contains("no such file"))
            let broken = try DaemonFiles(edit: { $0.replacing("rules:", with: "ruels:") })
            #expect(try replay("", broken).exitStatus == .code(78))
            let damaged = #"{"message":"decision","decision":"allow","reason":"no_rule","method":"GET"}"# + "\n"
            let good = #"{"message":"decision","decision":"deny","reason":"no_rule","method":"GET","path":"/x"}"# + "\n"
            #expect(try replay(good, files).exitStatus == .code(0))
            let both = try replay(good + damaged, files)
            #expect(both.exitStatus == .code(1) && both.standardOutput.contains("1 decisions are damaged"))
        }

        @Test func a_long_log_streams_and_a_hostile_line_moves_no_cursor() throws {
            let line =
                #"{"message":"decision","decision":"deny","reason":"no_rule","method":"GET","path":"/\u001b[2J\#("x")"}"#
            let log = String(repeating: line + "\n" + String(repeating: "y", count: 70_000) + "\n", count: 200)
            let files = try configuration("  - name: all\n    match: { path: /** }\n    deny: true")
            let replayed = try replay(log, files)
            #expect(replayed.exitStatus == .code(1), "\(replayed.allOutput)")
            #expect(replayed.standardOutput.contains("200 decisions") && replayed.standardOutput.contains("200 other"))
            #expect(!replayed.standardOutput.contains("\u{1B}"))
        }
    }
}

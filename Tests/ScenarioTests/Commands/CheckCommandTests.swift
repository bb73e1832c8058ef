import Foundation
import Glibc
import TestSupport
import Testing

extension Scenarios {
    /// `authd check`: everything that is wrong, with its place, before anything is started.
    @Suite struct CheckCommandTests {
        private func check(_ files: DaemonFiles, _ more: [String] = []) throws -> RunningProcess {
            try AuthdProgram.run(["check", "--config", files.configurationFile] + more)
        }

        private func place(_ line: String, in text: String) throws -> Int {
            let index = text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains(line) }
            return try #require(index) + 1
        }

        @Test func a_good_configuration_is_called_valid() throws {
            let files = try DaemonFiles()
            let checked = try check(files)
            #expect(checked.exitStatus == .code(0), "\(checked.allOutput)")
            #expect(checked.standardOutput.hasSuffix("configuration \(files.configurationFile) is valid\n"))
            #expect(checked.standardOutput.contains("issuer main: 1 key\n"))
        }

        @Test func a_warning_is_told_and_is_no_error() throws {
            let files = try DaemonFiles(edit: { $0.replacing("leeway: 0s", with: "leeway: 0s\n    require: []") })
            let checked = try check(files)
            #expect(checked.exitStatus == .code(0), "\(checked.allOutput)")
            #expect(checked.standardError.contains("warning: \(files.configurationFile):"), "\(checked.allOutput)")
        }

        @Test func keys_at_a_url_are_named_and_not_fetched() throws {
            let service = try RecordingUpstream(on: .tcp(port: FreePort.next())) { _ in .hello }
            let url = "http://\(service.address)/keys"
            let files = try DaemonFiles(edit: {
                $0.replacing(#/keys: \{.*\}/#, with: "keys: { jwks_url: \"\(url)\", allow_http: true }")
                    .replacing("HS256", with: "RS256")
            })
            let checked = try check(files)
            #expect(checked.exitStatus == .code(0), "\(checked.allOutput)")
            #expect(checked.standardOutput.contains("issuer main: keys at \(url), not fetched here\n"))
            #expect(service.requests.isEmpty)
        }

        @Test func every_error_is_told_with_its_line() throws {
            let files = try DaemonFiles(edit: {
                $0.replacing("algorithms:", with: "algoritms:").replacing("deny: true", with: "deny: maybe")
            })
            let text = try String(contentsOfFile: files.configurationFile, encoding: .utf8)
            let checked = try check(files)
            #expect(checked.exitStatus == .code(78))
            #expect(checked.standardOutput.isEmpty)
            for line in ["algoritms", "deny: maybe"] {
                let place = "\(files.configurationFile):\(try place(line, in: text)):"
                #expect(checked.standardError.contains(place), "\(checked.allOutput)")
            }
        }

        @Test(arguments: [
            ("", 0o600, "empty"), ("mysecret\n", 0o600, "8 bytes"),
            ("two words that are long enough here\n", 0o600, "blank"),
            (String(repeating: "a", count: 64), 0o600, "different"), (#"{"keys":[]}"#, 0o600, "empty"),
            (#"{"keys":"#, 0o600, "JSON"), ("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYI\n", 0o600, "public key"),
            (DaemonConfiguration.secret, 0o644, "0644"), (DaemonConfiguration.secret, 0o660, "0660"),
        ])
        func a_key_file_that_must_not_be_used_is_named_with_the_place_that_names_it(
            content: String,
            mode: Int,
            says: String
        ) throws {
            let files = try DaemonFiles(prepare: { directory, _ in
                try directory.write(content, to: "jwt", mode: UInt32(mode))
                return "jwt"
            })
            let text = try String(contentsOfFile: files.configurationFile, encoding: .utf8)
            for command in [["check"], ["explain", "--method", "GET", "--uri", "/hello"]] {
                let checked = try AuthdProgram.run(command + ["--config", files.configurationFile])
                #expect(checked.exitStatus == .code(78), "\(checked.allOutput)")
                #expect(checked.standardOutput.isEmpty)
                let place = "\(files.configurationFile):\(try place("keys: {", in: text)):"
                #expect(checked.standardError.contains(place), "\(checked.allOutput)")
                #expect(checked.standardError.contains("issuers[0].keys.file"))
                #expect(checked.standardError.contains(files.directory.file("jwt")))
                #expect(checked.standardError.contains(says), "\(checked.allOutput)")
                #expect(content.isEmpty || !checked.allOutput.contains(content.prefix { $0 != "\n" }))
            }
        }

        @Test func every_bad_key_source_is_named_not_only_the_first() throws {
            let files = try DaemonFiles(edit: {
                $0.replacing(
                    "rules:\n",
                    with: """
                          - name: second
                            issuer: https://second.example
                            algorithms: [HS256]
                            keys: { directory: nowhere }
                          - name: third
                            issuer: https://third.example
                            algorithms: [HS256]
                            keys: { file: neither }
                        rules:

                        """
                )
            })
            let checked = try check(files)
            #expect(checked.exitStatus == .code(78))
            #expect(checked.standardError.contains(files.directory.file("nowhere")), "\(checked.allOutput)")
            #expect(checked.standardError.contains(files.directory.file("neither")))
        }

        @Test func a_directory_of_keys_is_checked_file_by_file() throws {
            let files = try DaemonFiles(
                prepare: { directory, configuration in
                    try directory.makeDirectory("keys")
                    try directory.write(configuration.secrets, to: "keys/one")
                    try directory.write("another-good-secret-of-32-bytes!!", to: "keys/two")
                    return "keys"
                },
                edit: { $0.replacing("keys: { file:", with: "keys: { directory:") }
            )
            let good = try check(files)
            #expect(good.exitStatus == .code(0) && good.standardOutput.contains("main: 2 keys"), "\(good.allOutput)")
            try files.directory.write("short", to: "keys/two")
            let bad = try check(files)
            #expect(bad.exitStatus == .code(78))
            #expect(bad.standardError.contains(files.directory.file("keys/two")), "\(bad.allOutput)")
        }

        @Test func users_and_groups_that_are_not_there_are_named() throws {
            let files = try DaemonFiles(edit: {
                $0.replacing("mode: \"0660\"", with: "mode: \"0660\"\n      allow_peers: [root, nobody-of-that-name]")
            })
            let checked = try check(files)
            #expect(checked.exitStatus == .code(78))
            #expect(checked.standardError.contains("nobody-of-that-name"), "\(checked.allOutput)")
            #expect(!checked.standardError.contains("\"root\""))
        }

        @Test(arguments: ["check", "explain"])
        func a_configuration_that_is_missing_or_closed_is_told_apart(command: String) throws {
            let more = command == "explain" ? ["--method", "GET", "--uri", "/"] : []
            let missing = try AuthdProgram.run([command, "--config", "/nowhere/authd.yaml"] + more)
            #expect(missing.exitStatus == .code(78))
            #expect(missing.standardError.contains("/nowhere/authd.yaml"))
            let files = try DaemonFiles()
            defer { Unprivileged.open(files.directory) }
            Unprivileged.close(files.directory)
            let closed = try Unprivileged.run([command, "--config", files.configurationFile] + more)
            #expect(closed.exitStatus == .code(77), "\(closed.allOutput)")
        }

        @Test func a_key_file_that_may_not_be_read_is_a_matter_of_permission() throws {
            let files = try DaemonFiles(prepare: { directory, configuration in
                try directory.makeDirectory("closed", mode: geteuid() == 0 ? 0o700 : 0)
                if geteuid() == 0 { try directory.write(configuration.secrets, to: "closed/jwt") }
                return "closed/jwt"
            })
            _ = unsafe chmod(files.directory.path, 0o755)
            _ = unsafe chmod(files.configurationFile, 0o644)
            let checked = try Unprivileged.run(["check", "--config", files.configurationFile])
            #expect(checked.exitStatus == .code(77), "\(checked.allOutput)")
            #expect(checked.standardError.contains(files.directory.file("closed/jwt")))
        }

        @Test func the_policy_as_JSON_stands_alone_on_standard_output_and_needs_no_keys() throws {
            let files = try DaemonFiles(prepare: { _, _ in "not-here" })
            let checked = try check(files, ["--format", "json"])
            #expect(checked.exitStatus == .code(0), "\(checked.allOutput)")
            let data = Data(checked.standardOutput.utf8)
            let policy = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            let issuers = try #require(policy["issuers"] as? [[String: Any]])
            #expect(issuers.first?["name"] as? String == "main" && issuers.first?["keys"] == nil)
            #expect((policy["rules"] as? [[String: Any]])?.count == 5)
            #expect(!checked.standardOutput.contains("not-here"))
        }

        @Test func a_wrong_configuration_makes_no_JSON() throws {
            let files = try DaemonFiles(edit: { $0.replacing("deny: true", with: "deny: maybe") })
            let checked = try check(files, ["--format", "json"])
            #expect(checked.exitStatus == .code(78) && checked.standardOutput.isEmpty)
        }
    }
}

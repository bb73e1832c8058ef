import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// What is wrong at the start is said clearly, with its place, and nothing starts.
    @Suite struct BadInputTests {
        private static let configurationError = ExitStatus.code(78)

        /// Starts a daemon that must not start, and gives what it said.
        private func refusal(_ files: DaemonFiles, _ arguments: [String] = ["serve"]) throws -> RunningProcess {
            let arguments = arguments + ["--config", files.configurationFile]
            let process = try RunningProcess.run(BuiltProducts.program("authd"), arguments)
            #expect(process.exitStatus != .code(0))
            #expect(!process.allOutput.contains(DaemonConfiguration.secret))
            #expect(!process.allOutput.contains("Fatal error"))
            return process
        }

        struct Mistake: Sendable, CustomTestStringConvertible {
            let find: String
            let replace: String
            /// What the message has to contain besides the place.
            let says: [String]
            var testDescription: String { replace }
        }

        static let mistakes: [Mistake] = [
            Mistake(find: "algorithms:", replace: "algoritms:", says: ["algoritms", "algorithms"]),
            Mistake(find: "audiences:", replace: "audience:", says: ["audience", "audiences"]),
            Mistake(find: "event_loops:", replace: "event_loop:", says: ["event_loop", "event_loops"]),
            Mistake(find: "leeway: 0s", replace: "leeway: soon", says: ["leeway"]),
            Mistake(find: "leeway: 0s", replace: "leeway: [1]", says: ["leeway"]),
            Mistake(find: "algorithms: [HS256]", replace: "algorithms: [none]", says: ["algorithms"]),
            Mistake(find: "algorithms: [HS256]", replace: "algorithms: [HS265]", says: ["algorithms[0]", "HS256"]),
            Mistake(find: "algorithms: [HS256]", replace: "algorithms: [HS256, RS256]", says: ["algorithms"]),
            Mistake(
                find: "algorithms: [HS256]",
                replace: "algorithms: [HS256]\n    algorithms: [HS256]",
                says: ["stands twice"]
            ),
            Mistake(find: "allow: anonymous", replace: "allow: anybody", says: ["anonymous"]),
            Mistake(find: "issuer: main", replace: "issuer: mian", says: ["require.issuer", "main"]),
            Mistake(find: "path: /hello/**", replace: "path: hello/**", says: ["path"]),
            Mistake(
                find: "path: /eng/**",
                replace: "path: /hello/**, methods: [GET, HEAD, POST, PUT]",
                says: ["hello"]
            ),
            Mistake(
                find: "deny: true",
                replace: "deny: true\n    allow: anonymous",
                says: ["rules[3]", "exactly one"]
            ),
            Mistake(find: "rules:", replace: "rules: &rules", says: []),
            Mistake(find: "    leeway", replace: "\tleeway", says: []),
            Mistake(find: "listeners:", replace: "listeners: {", says: []),
        ]

        @Test(arguments: mistakes)
        func a_mistake_in_the_configuration_is_named_with_its_place(mistake: Mistake) throws {
            let files = try DaemonFiles(edit: { yaml in
                yaml.range(of: mistake.find).map { yaml.replacingCharacters(in: $0, with: mistake.replace) } ?? yaml
            })
            for command in ["serve", "check"] {
                let process = try refusal(files, [command])
                #expect(process.exitStatus == Self.configurationError)
                let place = try Regex(
                    NSRegularExpression.escapedPattern(for: files.configurationFile) + #":[0-9]+:[0-9]+"#
                )
                #expect(process.standardError.contains(place), "\(process.allOutput)")
                for text in mistake.says {
                    #expect(process.standardError.contains(text), "\(process.allOutput)")
                }
            }
        }

        @Test func a_good_configuration_is_found_good() throws {
            let files = try DaemonFiles()
            let process = try RunningProcess.run(
                BuiltProducts.program("authd"),
                ["check", "--config", files.configurationFile]
            )
            #expect(process.exitStatus == .code(0), "\(process.allOutput)")
        }

        @Test func a_configuration_that_is_not_there_is_named() throws {
            let process = try RunningProcess.run(
                BuiltProducts.program("authd"),
                ["serve", "--config", "/nowhere/authd.yaml"]
            )
            #expect(process.exitStatus == Self.configurationError)
            #expect(process.standardError.contains("/nowhere/authd.yaml"))
        }

        @Test(arguments: [
            ("", 0o600), ("mysecret\n", 0o600), ("your-256-bit-secret\n", 0o600),
            ("0123456789012345678901234567890\n", 0o600),
            (String(repeating: "a", count: 64) + "\n", 0o600),
            ("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0C\n", 0o600),
            (DaemonConfiguration.secret + "\n", 0o644), (DaemonConfiguration.secret + "\n", 0o604),
        ])
        func a_key_file_that_must_not_be_used_is_named(content: String, mode: Int) throws {
            let files = try DaemonFiles(prepare: { directory, _ in
                try directory.write(content, to: "jwt", mode: UInt32(mode))
                return "jwt"
            })
            let process = try refusal(files)
            #expect(process.exitStatus == Self.configurationError || process.exitStatus == .code(77))
            #expect(process.standardError.contains(files.directory.file("jwt")), "\(process.allOutput)")
            let secret = content.prefix { $0 != "\n" }
            #expect(secret.isEmpty || !process.allOutput.contains(secret))
        }

        @Test func a_key_file_that_is_not_there_is_named() throws {
            let files = try DaemonFiles(prepare: { _, _ in "missing" })
            let process = try refusal(files)
            #expect(process.exitStatus == Self.configurationError)
            #expect(process.standardError.contains(files.directory.file("missing")), "\(process.allOutput)")
        }

        @Test(arguments: ["directory", "fifo", "dangling", "loop"])
        func a_key_file_that_is_no_file_is_refused_at_once(kind: String) throws {
            let files = try DaemonFiles(prepare: { directory, _ in
                switch kind {
                case "directory": try directory.makeDirectory("jwt")
                case "fifo": _ = unsafe mkfifo(directory.file("jwt"), 0o600)
                case "dangling": try directory.link("jwt", to: "nowhere")
                default: try directory.link("jwt", to: "jwt")
                }
                return "jwt"
            })
            let process = try refusal(files)
            #expect(process.exitStatus == Self.configurationError || process.exitStatus == .code(77))
            #expect(process.standardError.contains(files.directory.file("jwt")), "\(process.allOutput)")
        }

        @Test func a_folder_that_may_not_be_entered_is_named() throws {
            let files = try DaemonFiles(prepare: { directory, configuration in
                try directory.makeDirectory("secrets")
                try directory.write(configuration.secrets, to: "secrets/jwt")
                return "secrets/jwt"
            })
            // Root may enter every folder: run as somebody else, who owns all but the folder of the secrets.
            var command = [try BuiltProducts.program("authd"), "serve", "--config", files.configurationFile]
            if geteuid() == 0 {
                let owned = [files.directory.path, files.configurationFile]
                for path in owned { _ = unsafe chown(path, 65_534, 65_534) }
                command =
                    [try SystemTool.required("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups"] + command
            } else {
                _ = unsafe chmod(files.directory.file("secrets"), 0)
            }
            defer { _ = unsafe chmod(files.directory.file("secrets"), 0o700) }
            let process = try RunningProcess.run(command[0], Array(command.dropFirst()))
            #expect(
                process.exitStatus == .code(77) || process.exitStatus == Self.configurationError,
                "\(process.allOutput)"
            )
            #expect(process.standardError.contains(files.directory.file("secrets")), "\(process.allOutput)")
        }

        @Test func a_port_in_use_is_named_and_its_owner_is_left_alone() throws {
            let files = try DaemonFiles()
            let owner = try RecordingUpstream(on: .tcp(port: files.decisionPort))
            let process = try refusal(files)
            #expect(process.standardError.contains("127.0.0.1:\(files.decisionPort)"), "\(process.allOutput)")
            #expect(process.standardError.contains("in use"), "\(process.allOutput)")
            #expect(try RawConnection(to: owner.address).exchange(request("GET", "/")).status == 200)
        }

        @Test func a_second_daemon_does_not_take_the_socket_of_the_first() throws {
            let daemon = try DaemonFixture()
            let other = try DaemonFiles(edit: { yaml in
                yaml.replacing(/unix: .*/, with: "unix: " + daemon.directory.file("decision.sock"))
            })
            let process = try refusal(other)
            #expect(process.standardError.contains(daemon.directory.file("decision.sock")), "\(process.allOutput)")
            let good = TokenMint(secret: DaemonConfiguration.secret).token()
            let response = try RawConnection(to: daemon.decisionSocket).exchange(question("GET", "/hello", token: good))
            #expect(response.status == 200)
        }

        @Test func a_file_in_the_place_of_the_socket_is_never_deleted() throws {
            let files = try DaemonFiles()
            try files.directory.write("precious", to: "decision.sock")
            let process = try refusal(files)
            #expect(process.standardError.contains(files.decisionSocket), "\(process.allOutput)")
            #expect(try String(contentsOfFile: files.decisionSocket, encoding: .utf8) == "precious")
        }

        @Test func an_address_off_loopback_needs_leave() throws {
            let files = try DaemonFiles(edit: { $0.replacing("- tcp: 127.0.0.1:", with: "- tcp: 0.0.0.0:") })
            let process = try refusal(files)
            #expect(process.exitStatus == Self.configurationError)
            #expect(process.standardError.contains("allow_remote"), "\(process.allOutput)")
        }

        @Test(arguments: [["serve", "--confg", "x"], ["srve"], ["token"], ["explain"]])
        func a_wrong_command_line_is_a_usage_error(arguments: [String]) throws {
            let process = try RunningProcess.run(BuiltProducts.program("authd"), arguments)
            #expect(process.exitStatus == .code(64), "\(process.allOutput)")
        }
    }
}

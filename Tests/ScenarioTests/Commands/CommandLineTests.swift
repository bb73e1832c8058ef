import TestSupport
import Testing

extension Scenarios {
    /// What the command line says about itself, and what it says to those who get it wrong.
    @Suite struct CommandLineTests {
        static let commands: [[String]] = [
            ["serve"], ["check"], ["explain"], ["replay"], ["token", "mint"], ["token", "inspect"],
            ["secret", "generate"],
            ["secret", "rotate"], ["secret", "retire"], ["invoke"], ["demo"], ["version"],
        ]
        static let groups: [[String]] = [[], ["token"], ["secret"]]

        @Test(arguments: commands + groups)
        func every_command_has_help_with_an_example(command: [String]) throws {
            let help = try AuthdProgram.run(command + ["--help"])
            #expect(help.exitStatus == .code(0))
            #expect(help.standardError.isEmpty)
            let name = (["authd"] + command).joined(separator: " ")
            let examples = help.standardOutput.split(separator: "\n").filter { line in
                line.hasPrefix("  ") && line.contains(name) && !line.contains("--help")
            }
            #expect(!examples.isEmpty, "\(help.standardOutput)")
        }

        @Test func the_help_of_the_whole_lists_every_command() throws {
            let help = try AuthdProgram.run(["--help"]).standardOutput
            for command in Set(Self.commands.map { $0[0] }) {
                #expect(help.contains("  \(command) "), "\(command)")
            }
        }

        static let mistakes: [[String]] = [
            [], ["srve"], ["--wrong"], ["token"], ["token", "mnt"], ["secret"], ["secret", "generate", "extra"],
            ["serve", "--confg", "x"], ["serve", "--config"], ["serve", "--config", ""], ["serve", "extra"],
            ["check", "--format", "xml"], ["check", "extra"],
            ["explain"], ["explain", "--uri", "/"], ["explain", "--method", "GET"],
            ["explain", "--method", "", "--uri", "/"], ["explain", "--method", "GET", "--uri", ""],
            ["explain", "--method", "GET", "--uri", "/", "--at", "noon"],
            ["explain", "--method", "GET", "--uri", "/", "--at", "nan"],
            ["explain", "--method", "GET", "--uri", "/", "--now", "inf"],
            ["explain", "--method", "GET", "--uri", "/", "--format", "xml"],
            ["explain", "--method", "GET", "--uri", "/", "--jwks", "main="],
            ["replay"], ["replay", ""], ["replay", "a", "b"], ["replay", "log", "--format", "csv"],
            ["token", "mint"], ["token", "mint", "--secret-file", "F", "--ttl", "60"],
            ["token", "mint", "--secret-file", "F", "--ttl", "0s"],
            ["token", "mint", "--secret-file", "F", "--ttl", "-5s"],
            ["token", "mint", "--secret-file", "F", "--ttl", "1.5h"],
            ["token", "mint", "--secret-file", "F", "--ttl", "999999999999h"],
            ["token", "mint", "--secret-file", "F", "--ttl", "99999999999999999999s"],
            ["token", "mint", "--secret-file", "F", "--claim", "novalue"],
            ["token", "mint", "--secret-file", "F", "--claim", "=x"],
            ["token", "mint", "--secret-file", "F", "--algorithm", "none"],
            ["token", "mint", "--secret-file", "F", "--algorithm", "hs256"],
            ["token", "inspect", ""], ["token", "inspect", "a", "b"],
            ["token", "inspect", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"],
            ["secret", "rotate"], ["secret", "retire"], ["secret", "rotate", "a", "b"],
            ["invoke"], ["invoke", "http://127.0.0.1/"],
            ["demo", "--proxy", "nowhere"], ["demo", "--proxy", "127.0.0.1:0"], ["demo", "--proxy", "127.0.0.1:99999"],
            ["demo", "--proxy", "0.0.0.0:8080"], ["demo", "--admin", "example.com:80"],
            ["demo", "--proxy", "127.0.0.1:8080", "--decision", "127.0.0.1:8080"],
            ["version", "extra"],
        ]

        @Test(arguments: mistakes)
        func a_wrong_command_line_is_a_usage_error(arguments: [String]) throws {
            let process = try AuthdProgram.run(arguments)
            #expect(process.exitStatus == .code(64), "\(arguments): \(process.allOutput)")
            #expect(process.standardOutput.isEmpty)
            #expect(!process.standardError.isEmpty)
        }

        @Test func a_token_on_the_command_line_is_not_repeated() throws {
            let token = TokenMint(secret: DaemonConfiguration.secret).token()
            let process = try AuthdProgram.run(["token", "inspect", token])
            #expect(process.exitStatus == .code(64))
            #expect(!process.allOutput.contains(token.suffix(20)))
        }

        @Test func the_version_is_one_line() throws {
            let process = try AuthdProgram.run(["version"])
            #expect(process.exitStatus == .code(0))
            #expect(process.standardOutput.wholeMatch(of: /authd \d+\.\d+\.\d+\n/) != nil, "\(process.standardOutput)")
            #expect(try AuthdProgram.run(["--version"]).standardOutput == process.standardOutput)
        }

        @Test func a_result_that_nobody_takes_is_a_failure() throws {
            for command in ["version", "secret generate"] {
                #expect(try AuthdProgram.shell("\"$AUTHD\" \(command) > /dev/full").exitStatus == .code(1))
            }
        }
    }
}

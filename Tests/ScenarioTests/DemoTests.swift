import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// `authd demo` as a new user meets it: the commands that it prints are run as they stand.
    @Suite struct DemoTests {
        private struct Demo {
            let process: RunningProcess
            let proxyPort: Int

            init() throws {
                proxyPort = try FreePort.next()
                process = try RunningProcess(
                    BuiltProducts.program("authd"),
                    [
                        "demo", "--proxy", "127.0.0.1:\(proxyPort)", "--decision", "127.0.0.1:\(try FreePort.next())",
                        "--admin", "127.0.0.1:\(try FreePort.next())", "--upstream", "127.0.0.1:\(try FreePort.next())",
                    ],
                    environment: Self.environment,
                )
            }

            /// The printed commands say `authd` and `curl`: both have to be found, as after an installation.
            static var environment: [String: String] {
                var environment = ProcessInfo.processInfo.environment
                environment["PATH"] = BuiltProducts.folder.path + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
                return environment
            }

            /// Lines that a user would copy: the three commands, in order.
            func commands() throws -> [String] {
                let found = process.output(before: .usual) { text -> [String]? in
                    let lines = text.split(separator: "\n").map { line in
                        line.drop { $0 == " " || $0 == "$" || $0 == "\t" }
                    }
                    let commands = lines.filter { line in
                        let first = line.split(separator: " ").first ?? ""
                        return first == "curl" || first == "authd" || first.hasSuffix("/authd")
                    }
                    return commands.count >= 3 ? commands.map(String.init) : nil
                }
                guard let found else { throw TestSupportError("no three commands in\n\(process.allOutput)") }
                return found
            }

            func run(_ command: String) throws -> RunningProcess {
                try RunningProcess.run("/bin/sh", ["-c", command], environment: Self.environment)
            }
        }

        @Test func the_printed_commands_get_401_then_Hello_and_then_rotate() throws {
            let demo = try Demo()
            let commands = try demo.commands()
            let refused = try demo.run(commands[0])
            #expect(refused.allOutput.contains("401"), "\(commands[0])\n\(refused.allOutput)")
            let allowed = try demo.run(commands[1])
            #expect(allowed.allOutput.contains("Hello, world!"), "\(commands[1])\n\(allowed.allOutput)")
            let rotated = try demo.run(commands[2])
            #expect(rotated.exitStatus == .code(0), "\(commands[2])\n\(rotated.allOutput)")
            let deadline = Deadline.usual
            while try !demo.run(commands[1]).allOutput.contains("Hello, world!") { try #require(!deadline.isPast) }
            demo.process.send(signal: SIGINT)
            #expect(try demo.process.waitForExit() == .code(0))
        }

        @Test func a_port_in_use_is_named_with_the_option_that_changes_it() throws {
            let first = try Demo()
            _ = try first.commands()
            let port = first.proxyPort
            let second = try RunningProcess.run(
                BuiltProducts.program("authd"),
                ["demo", "--proxy", "127.0.0.1:\(port)"],
                environment: Demo.environment,
            )
            #expect(second.exitStatus != .code(0))
            #expect(second.allOutput.contains("127.0.0.1:\(port)") && second.allOutput.contains("--proxy"))
            #expect(first.process.isRunning)
            _ = try first.process.stop()
        }
    }
}

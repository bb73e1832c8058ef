import Foundation
import Glibc
import TestSupport
import Testing

extension Scenarios {
    /// `authd demo` from its first line to the last of its files.
    @Suite struct DemoCommandTests {
        private let proxy: Int
        private let addresses: [String]

        init() throws {
            proxy = try FreePort.next()
            addresses = [
                "--proxy", "127.0.0.1:\(proxy)", "--decision", "127.0.0.1:\(try FreePort.next())",
                "--admin", "127.0.0.1:\(try FreePort.next())",
            ]
        }

        private func start(_ more: [String] = []) throws -> RunningProcess {
            try RunningProcess(BuiltProducts.program("authd"), ["demo"] + addresses + more)
        }

        /// The commands as they are printed; they have no prompt before them.
        private func commands(_ demo: RunningProcess) throws -> [String] {
            try demo.waitForLine(containing: "Ctrl-C")
            return demo.standardOutput.split(separator: "\n")
                .map { $0.drop { $0 == " " } }
                .filter { $0.hasPrefix("curl ") || $0.contains("/authd secret ") }
                .filter { !$0.hasPrefix("#") }
                .map(String.init)
        }

        private func shell(_ command: String) throws -> RunningProcess {
            try RunningProcess.run("/bin/sh", ["-c", command])
        }

        /// Where the demo keeps its files, from what it prints.
        private func directory(_ demo: RunningProcess) throws -> String {
            let line = try demo.waitForLine(containing: "Configuration:")
            let file = try #require(line.split(separator: " ").last.map(String.init))
            #expect(file.hasSuffix("/authd.yaml"))
            return String(file.dropLast("/authd.yaml".count))
        }

        /// The command lines of all processes that name `path`.
        private func processes(naming path: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name in
                guard Int(name) != nil, let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
                    return nil
                }
                let text = String(decoding: line, as: UTF8.self)
                return text.contains(path) ? text : nil
            }
        }

        @Test(arguments: [SIGINT, SIGTERM])
        func the_printed_commands_work_as_they_stand_and_nothing_is_left_behind(signal: Int32) throws {
            let demo = try start()
            let commands = try commands(demo)
            try #require(commands.count == 4, "\(demo.allOutput)")
            let directory = try directory(demo)
            #expect(try processes(naming: directory).count == 1, "hello is a child with its socket there")
            #expect(try shell(commands[0]).standardOutput.hasPrefix("HTTP/1.1 401 "))
            let allowed = try shell(commands[1])
            #expect(allowed.standardOutput.contains("Hello, world!"), "\(allowed.allOutput)")
            let token = try AuthdProgram.mint(directory + "/secret")
            let call =
                "curl -s -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer \(token)' "
                + "http://127.0.0.1:\(proxy)/hello"
            #expect(try shell(call).standardOutput == "200")
            #expect(try shell(commands[2]).exitStatus == .code(0))
            // The previous secret is the second line of the file and still verifies.
            #expect(try shell(call).standardOutput == "200")
            let deadline = Deadline.usual
            while try !shell(commands[1]).standardOutput.contains("Hello, world!") { try #require(!deadline.isPast) }
            demo.send(signal: signal)
            #expect(try demo.waitForExit() == .code(0), "\(demo.allOutput)")
            #expect(!FileManager.default.fileExists(atPath: directory))
            #expect(try processes(naming: directory).isEmpty)
        }

        @Test func the_files_are_for_the_user_alone() throws {
            let demo = try start()
            let directory = try directory(demo)
            func mode(_ path: String) throws -> Int? {
                (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
            }
            #expect(try mode(directory) == 0o700)
            #expect(try mode(directory + "/secret") == 0o600)
            #expect(try mode(directory + "/authd.yaml") == 0o600)
            let secret = try String(contentsOfFile: directory + "/secret", encoding: .utf8)
            #expect(!demo.allOutput.contains(secret.dropLast()))
            try demo.stop()
        }

        @Test func a_directory_of_ones_own_is_made_or_has_to_be_empty() throws {
            let parent = try TemporaryDirectory()
            let wanted = parent.file("it's here")
            let demo = try start(["--directory", wanted])
            let commands = try commands(demo)
            let allowed = try shell(commands[1])
            #expect(allowed.standardOutput.contains("Hello, world!"), "\(commands[1])\n\(allowed.allOutput)")
            #expect(try demo.stop() == .code(0))
            #expect(!FileManager.default.fileExists(atPath: wanted))
            try parent.write("precious", to: "file")
            let refused = try AuthdProgram.run(["demo"] + addresses + ["--directory", parent.path])
            #expect(refused.exitStatus == .code(1) && refused.standardError.contains("--directory"))
            #expect(FileManager.default.fileExists(atPath: parent.file("file")))
        }

        @Test(arguments: [0, 2, 4])
        func an_address_that_is_taken_is_named_with_its_option(position: Int) throws {
            let address = addresses[position + 1]
            let port = try #require(Int(address.split(separator: ":")[1]))
            let owner = try RecordingUpstream(on: .tcp(port: port))
            defer { owner.stop() }
            let refused = try AuthdProgram.run(["demo"] + addresses)
            #expect(refused.exitStatus == .code(1), "\(refused.allOutput)")
            #expect(refused.standardError.contains(address) && refused.standardError.contains(addresses[position]))
        }

        @Test func a_missing_hello_program_is_named() throws {
            let elsewhere = try TemporaryDirectory()
            let alone = elsewhere.file("authd")
            try FileManager.default.copyItem(atPath: BuiltProducts.program("authd"), toPath: alone)
            let refused = try RunningProcess.run(alone, ["demo"] + addresses)
            #expect(refused.exitStatus == .code(1), "\(refused.allOutput)")
            #expect(refused.standardError.contains(elsewhere.file("hello")))
        }

        @Test func a_hello_program_that_cannot_start_ends_the_demo() throws {
            let port = try FreePort.next()
            let owner = try RecordingUpstream(on: .tcp(port: port))
            defer { owner.stop() }
            let refused = try AuthdProgram.run(["demo"] + addresses + ["--upstream", "127.0.0.1:\(port)"])
            #expect(refused.exitStatus == .code(1), "\(refused.allOutput)")
            #expect(refused.standardError.contains("127.0.0.1:\(port)"))
        }
    }
}

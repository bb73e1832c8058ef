import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// The units as they are shipped, looked at by systemd's own tools without a booted systemd.
    @Suite(.enabled(if: SystemTool.isExpected("systemd-analyze"), "skipped: systemd-analyze is not installed"))
    struct UnitFileTests {
        private static let units = RepositoryRoot.url.appendingPathComponent("systemd")
        private static let examples = units.appendingPathComponent("examples")
        private static let services = ["authd.service", "hello.service"]
        private static let sockets = ["authd.socket", "authd-proxy.socket"]

        /// The units in a folder of their own, with drop-ins, and with programs that are there.
        private func folder(dropIns: [String] = []) throws -> TemporaryDirectory {
            let folder = try TemporaryDirectory()
            for name in Self.services + Self.sockets {
                let text = try String(contentsOf: Self.units.appendingPathComponent(name), encoding: .utf8)
                let program = try BuiltProducts.program(name == "hello.service" ? "hello" : "authd")
                try folder.write(
                    text.replacing("/usr/bin/authd", with: program).replacing("/usr/lib/authd/hello", with: program),
                    to: name
                )
            }
            if !dropIns.isEmpty { try folder.makeDirectory("authd.service.d") }
            for name in dropIns {
                let text = try String(contentsOf: Self.examples.appendingPathComponent(name), encoding: .utf8)
                try folder.write(text, to: "authd.service.d/\(name)")
            }
            return folder
        }

        private func exposure(_ folder: TemporaryDirectory, _ unit: String) throws -> Double {
            let run = try RunningProcess.run(
                SystemTool.required("systemd-analyze"),
                ["security", "--offline=true", "--no-pager", folder.file(unit)]
            )
            let line = run.standardOutput.split(separator: "\n").first { $0.contains("Overall exposure level") }
            let words = line?.split(separator: " ").compactMap { Double($0) }
            guard let level = words?.first else { throw TestSupportError("no exposure level\n\(run.allOutput)") }
            return level
        }

        @Test func systemd_finds_nothing_wrong_with_the_units_and_each_drop_in() throws {
            let examples = try FileManager.default.contentsOfDirectory(atPath: Self.examples.path).sorted()
            #expect(examples.count >= 6)
            for dropIns in [[]] + examples.map({ [$0] }) {
                let folder = try folder(dropIns: dropIns)
                let units = (Self.services + Self.sockets).map { folder.file($0) }
                let run = try RunningProcess.run(
                    SystemTool.required("systemd-analyze"),
                    ["verify", "--man=no"] + units
                )
                // Older ones do not know Type=notify-reload; what they say of it is all that they may say.
                let lines = run.allOutput.split(separator: "\n").filter { !$0.contains("notify-reload") }
                #expect(lines.isEmpty, "\(dropIns): \(run.allOutput)")
            }
        }

        @Test func the_units_expose_less_than_one_and_without_a_network_less_than_a_third() throws {
            #expect(try exposure(folder(), "authd.service") <= 1.0)
            #expect(try exposure(folder(), "hello.service") <= 1.0)
            #expect(try exposure(folder(dropIns: ["unix-only.conf"]), "authd.service") <= 0.3)
        }

        @Test func every_example_is_explained_and_says_where_it_goes() throws {
            let manual = try String(
                contentsOf: RepositoryRoot.url.appendingPathComponent("docs/operations.md"),
                encoding: .utf8
            )
            for name in try FileManager.default.contentsOfDirectory(atPath: Self.examples.path) {
                let text = try String(contentsOf: Self.examples.appendingPathComponent(name), encoding: .utf8)
                #expect(text.contains("/etc/systemd/system/authd.service.d/\(name)"))
                #expect(manual.contains("examples/\(name)"), "\(name) is not in docs/operations.md")
            }
        }

        @Test func the_manuals_configuration_for_the_units_serves_over_their_socket() throws {
            let blocks = try FencedBlocks.read("docs/operations.md", language: "yaml")
            let block = try #require(blocks.first { $0.contains("systemd: decision") })
            let keys = "keys: { file: /etc/authd/secrets/jwt }"
            try #require(block.contains(keys))
            let manager = try ServiceManager(block.replacing(keys, with: "keys: { credential: jwt }"))
            let service = try manager.start()
            try manager.wait(for: "READY=1")
            let token = TokenMint(secret: DaemonConfiguration.secret).token()
            let client = try RawConnection(to: manager.decision)
            #expect(try client.exchange(question("GET", "/hello", token: token)).status == 200)
            #expect(try client.exchange(question("GET", "/hello")).status == 401)
            #expect(try service.stop() == .code(0))
        }
    }
}

import Foundation
import Glibc
import TestSupport
import Testing

extension Scenarios {
    /// Where a secret or a token must never be found, searched for byte by byte.
    @Suite struct SecrecyTests {
        private static let second = "Tg4_vQz8-Wm2Rk9pLx5Hv1sTd7uYb6nGc0j"
        private static let isRoot = geteuid() == 0

        private struct World {
            let daemon: DaemonFixture
            /// What is searched for.
            let needles: [(name: String, bytes: [UInt8])]
        }

        /// A daemon that has seen good and bad tokens on both doors, and a rotation.
        private func world() throws -> World {
            let upstream = try RecordingUpstream()
            var configuration = DaemonConfiguration(upstream: upstream.address)
            configuration.decisions = "all"
            let daemon = try DaemonFixture(configuration)
            let good = TokenMint(secret: DaemonConfiguration.secret).token(["scope": "hello.read"])
            let bad = TokenMint(secret: Self.second).token(["sub": "forged-subject"])
            for token in [good, bad] {
                _ = try RawConnection(to: daemon.decision).exchange(question("GET", "/hello", token: token))
                _ = try RawConnection(to: daemon.proxy).exchange(request("GET", "/hello", token: token))
            }
            try daemon.directory.replace(
                daemon.keyFileName,
                with: "\(Self.second)\n\(DaemonConfiguration.secret)\n"
            )
            let client = try RawConnection(to: daemon.decision)
            let deadline = Deadline.usual
            while try client.exchange(question("GET", "/eng", token: bad)).status == 401 {
                try #require(!deadline.isPast)
            }
            let texts = [
                ("the first secret", DaemonConfiguration.secret), ("the second secret", Self.second),
                ("a good token", good),
                ("a bad token", bad), ("a signature", String(good.split(separator: ".")[2])),
                ("text of a token that was refused", "forged-subject"),
            ]
            return World(daemon: daemon, needles: texts.map { ($0.0, Array($0.1.utf8)) })
        }

        private func search(_ haystack: Data, for needles: [(name: String, bytes: [UInt8])], in place: String) {
            for needle in needles {
                #expect(haystack.range(of: Data(needle.bytes)) == nil, "\(needle.name) is in \(place)")
            }
        }

        @Test func neither_environment_nor_arguments_nor_log_hold_any() throws {
            let world = try world()
            let process = world.daemon.process
            for name in ["environ", "cmdline"] where Self.isRoot {
                let path = "/proc/\(process.processIdentifier)/\(name)"
                let text = ProcessMemory.text(path)
                #expect(name != "cmdline" || text.contains("authd.yaml"))
                search(Data(text.utf8), for: world.needles, in: path)
            }
            try process.stop()
            #expect(process.allOutput.contains("signature_invalid"))
            search(Data(process.allOutput.utf8), for: world.needles, in: "the log")
        }

        /// What no setting keeps out of a core file must not hold a secret: the heap, stacks, files.
        @Test(.enabled(if: isRoot, "skipped: another process's memory takes root"))
        func memory_that_may_be_dumped_holds_no_secret() throws {
            let world = try world()
            let memory = try ProcessMemory(of: world.daemon.process.processIdentifier)
            let secrets = world.needles.filter { $0.name.contains("secret") }
            var searched = 0
            var found = 0
            var kept: [String] = []
            for region in memory.regions {
                let bytes = memory.bytes(of: region)
                if region.mayBeDumped {
                    searched += bytes.count
                    search(bytes, for: secrets, in: "\(region)")
                } else {
                    kept.append("\(region.description): \(bytes.count) bytes")
                    found += secrets.count { bytes.range(of: Data($0.bytes)) != nil }
                }
            }
            // The search finds what is there: both secrets are, where they belong.
            #expect(searched > 1 << 20)
            #expect(found >= 2, "\(kept)")
        }

        @Test(
            .enabled(
                if: isRoot && SystemTool.isExpected("gcore"),
                "skipped: a core file that is forced takes root and gdb: run scripts/bootstrap --tests"
            )
        )
        func a_core_file_that_root_forces_holds_neither_secret_nor_token() throws {
            let world = try world()
            let folder = try TemporaryDirectory()
            let process = world.daemon.process.processIdentifier
            let core = try RunningProcess.run(
                SystemTool.required("gcore"),
                ["-o", folder.file("core"), "\(process)"],
                before: .seconds(120)
            )
            let path = folder.file("core.\(process)")
            let content = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
            let data = try #require(content, "\(core.allOutput)")
            #expect(data.starts(with: [0x7F, 0x45, 0x4C, 0x46]))
            search(data, for: world.needles, in: "the core file")
            #expect(world.daemon.process.isRunning)
        }
    }
}

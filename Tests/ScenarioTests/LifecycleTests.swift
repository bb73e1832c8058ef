import Foundation
import Glibc
import TestSupport
import Testing

extension Scenarios {
    /// SIGHUP, SIGTERM, death and restart.
    @Suite struct LifecycleTests {
        private let good = TokenMint(secret: DaemonConfiguration.secret).token()

        private func status(_ daemon: DaemonFixture, _ uri: String, token: String? = nil) throws -> Int {
            try RawConnection(to: daemon.decision).exchange(question("GET", uri, token: token)).status
        }

        private func waitUntil(_ what: Comment, _ isSo: () throws -> Bool) throws {
            let deadline = Deadline.usual
            while try !isSo() { try #require(!deadline.isPast, what) }
        }

        @Test func a_hangup_takes_up_new_rules_on_connections_that_are_open() throws {
            let daemon = try DaemonFixture()
            let open = try RawConnection(to: daemon.decision)
            #expect(try open.exchange(question("GET", "/new")).status == 403)
            try daemon.rewrite { $0.rules += "\n  - name: new\n    match: { path: /new }\n    allow: anonymous" }
            daemon.process.send(signal: SIGHUP)
            try waitUntil("the new rule") { try open.exchange(question("GET", "/new")).status == 200 }
            #expect(try open.exchange(question("GET", "/hello", token: good)).status == 200)
        }

        @Test func a_hangup_with_a_broken_configuration_changes_nothing_and_says_so() throws {
            let daemon = try DaemonFixture()
            try daemon.rewrite { $0.rules += "\n  - nam: new" }
            daemon.process.send(signal: SIGHUP)
            try daemon.process.waitForLine(containing: "authd.yaml")
            #expect(try status(daemon, "/hello", token: good) == 200)
            #expect(try status(daemon, "/healthz") == 200)
            try daemon.rewrite { $0.rules += "\n  - name: new\n    match: { path: /new }\n    allow: anonymous" }
            daemon.process.send(signal: SIGHUP)
            try waitUntil("the mended configuration") { try status(daemon, "/new") == 200 }
        }

        @Test func a_storm_of_hangups_loses_no_request() throws {
            let daemon = try DaemonFixture()
            let client = try RawConnection(to: daemon.decision)
            for _ in 0..<500 {
                daemon.process.send(signal: SIGHUP)
                #expect(try client.exchange(question("GET", "/hello", token: good)).status == 200)
            }
            #expect(daemon.process.isRunning)
        }

        @Test func an_idle_daemon_ends_at_once_and_takes_its_socket_along() throws {
            let daemon = try DaemonFixture()
            let idle = try RawConnection(to: daemon.decision)
            #expect(try daemon.process.stop() == .code(0))
            try idle.expectClose()
            #expect(!FileManager.default.fileExists(atPath: daemon.directory.file("decision.sock")))
        }

        @Test func a_request_under_way_is_finished_before_the_end() throws {
            let gate = Awaited(false)
            let upstream = try RecordingUpstream { _ in
                _ = gate.first(before: .usual) { $0 ? true : nil }
                return .hello
            }
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
            let client = try RawConnection(to: daemon.proxy)
            try client.send(request("GET", "/hello", token: good))
            _ = try upstream.waitForRequests(1)
            daemon.process.send(signal: SIGTERM)
            try waitUntil("no new connections") { (try? RawConnection(to: daemon.proxy)) == nil }
            gate.update { $0 = true }
            let response = try client.readResponse()
            #expect(response.status == 200)
            #expect(response.text == "Hello, world!")
            #expect(response.closes)
            #expect(try daemon.process.waitForExit() == .code(0))
        }

        @Test func a_second_signal_ends_the_drain() throws {
            let upstream = try RecordingUpstream { _ in .silence }
            let daemon = try DaemonFixture(DaemonConfiguration(upstream: upstream.address))
            let client = try RawConnection(to: daemon.proxy)
            try client.send(request("GET", "/hello", token: good))
            _ = try upstream.waitForRequests(1)
            daemon.process.send(signal: SIGTERM)
            try waitUntil("no new connections") { (try? RawConnection(to: daemon.proxy)) == nil }
            daemon.process.send(signal: SIGHUP)
            daemon.process.send(signal: SIGTERM)
            try daemon.process.waitForExit()
        }

        @Test func after_a_violent_death_the_next_one_starts_over_the_stale_socket() throws {
            let files = try DaemonFiles()
            let program = try BuiltProducts.program("authd")
            for _ in 0..<3 {
                let process = try RunningProcess(program, ["serve", "--config", files.configurationFile])
                try waitUntil("the socket accepts") {
                    try #require(process.isRunning, "\(process.allOutput)")
                    return (try? RawConnection(to: .unix(path: files.decisionSocket))) != nil
                }
                let client = try RawConnection(to: .unix(path: files.decisionSocket))
                #expect(try client.exchange(question("GET", "/hello", token: good)).status == 200)
                process.send(signal: SIGKILL)
                #expect(try process.waitForExit() == .signal(SIGKILL))
            }
        }

        @Test func the_socket_has_the_configured_mode() throws {
            let daemon = try DaemonFixture()
            let attributes = try FileManager.default.attributesOfItem(atPath: daemon.directory.file("decision.sock"))
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o660)
        }

        @Test func a_peer_that_is_not_on_the_list_is_never_allowed() throws {
            let files = try DaemonFiles(edit: { yaml in
                // Somebody else's uid: the test's own is not among them.
                yaml.replacing("mode: \"0660\"", with: "mode: \"0660\"\n      allow_peers: [\(geteuid() + 1)]")
            })
            let process = try RunningProcess(
                BuiltProducts.program("authd"),
                ["serve", "--config", files.configurationFile]
            )
            try waitUntil("the TCP listener accepts") {
                try #require(process.isRunning, "\(process.allOutput)")
                return (try? RawConnection(to: .tcp(port: files.decisionPort))) != nil
            }
            let client = try RawConnection(to: .unix(path: files.decisionSocket))
            try client.send(question("GET", "/hello", token: good, fields: ["Connection: close"]))
            let text = String(decoding: try client.readToEnd(), as: UTF8.self)
            #expect(!text.contains(" 200 "))
        }

        @Test func standard_streams_that_are_closed_do_no_harm() throws {
            let files = try DaemonFiles()
            let program = try BuiltProducts.program("authd")
            let process = try RunningProcess(
                "/bin/sh",
                ["-c", "exec \"$0\" serve --config \"$1\" <&- >&- 2>&-", program, files.configurationFile]
            )
            try waitUntil("the socket accepts") {
                try #require(process.isRunning)
                return (try? RawConnection(to: .unix(path: files.decisionSocket))) != nil
            }
            let client = try RawConnection(to: .unix(path: files.decisionSocket))
            for _ in 0..<3 { #expect(try client.exchange(question("GET", "/hello")).status == 401) }
            #expect(try process.stop() == .code(0))
        }
    }
}

import Foundation
import Glibc
import TestSupport
import Testing

extension Scenarios {
    /// What a service manager hears, from a real process.
    @Suite struct NotificationTests {
        private let good = question("GET", "/hello", token: TokenMint(secret: DaemonConfiguration.secret).token())

        @Test func start_reload_and_stop_are_told_in_their_order() throws {
            let manager = try ServiceManager()
            let service = try manager.start()
            try manager.wait(for: "READY=1")
            // Ready means that a request is answered, with keys.
            #expect(try RawConnection(to: manager.decision).exchange(good).status == 200)
            let serving = try manager.status(containing: "Serving")
            #expect(serving.contains("decision=systemd:decision"))
            #expect(serving.contains("keys: main 1, under 1 min old"))
            let reload = try manager.reload()
            #expect(reload.exitStatus == .code(0), "\(reload.allOutput)")
            #expect(manager.states == ["READY=1", "RELOADING=1", "READY=1"])
            #expect(manager.messages.contains { $0.hasPrefix("MONOTONIC_USEC=") })
            service.send(signal: SIGHUP)
            try manager.first("the second reload") { $0.count { $0 == "READY=1" } == 3 ? true : nil }
            #expect(try service.stop() == .code(0))
            try manager.wait(for: "STOPPING=1")
            #expect(manager.states == ["READY=1", "RELOADING=1", "READY=1", "RELOADING=1", "READY=1", "STOPPING=1"])
            #expect(manager.messages.contains { $0.hasPrefix("EXTEND_TIMEOUT_USEC=") })
        }

        @Test func a_reload_that_is_refused_fails_with_the_place_and_the_old_configuration_goes_on() throws {
            let manager = try ServiceManager()
            let service = try manager.start()
            try manager.wait(for: "READY=1")
            try manager.directory.replace("authd.yaml", with: ServiceManager.configuration + "rulez: []\n")
            let reload = try manager.reload()
            #expect(reload.exitStatus == .code(78))
            #expect(reload.standardError.contains("authd.yaml:15:1: rulez: unknown key"))
            let status = try manager.status(containing: "failed: ")
            #expect(status.contains("authd.yaml:15:1: rulez"))
            #expect(manager.states == ["READY=1", "RELOADING=1", "READY=1"])
            #expect(try RawConnection(to: manager.decision).exchange(good).status == 200)
            try manager.directory.replace("authd.yaml", with: ServiceManager.configuration)
            #expect(try manager.reload().exitStatus == .code(0))
            #expect(try manager.status(containing: "succeeded").contains("Serving"))
            #expect(try service.stop() == .code(0))
            // Nobody answers any more, and that is a failure too.
            #expect(try manager.reload().exitStatus == .code(1))
        }

        @Test func a_configuration_that_is_wrong_at_the_start_is_told_and_ends_with_78() throws {
            let manager = try ServiceManager(ServiceManager.configuration + "rulez: []\n")
            let service = try manager.start()
            #expect(try service.waitForExit() == .code(78))
            let status = try manager.status(containing: "Not started: ")
            #expect(status.contains("authd.yaml:15:1: rulez: unknown key"))
            #expect(manager.states == [])
        }

        @Test func names_that_do_not_fit_are_told_with_those_that_were_passed() throws {
            let manager = try ServiceManager()
            let service = try manager.start(["LISTEN_FDNAMES": "authd.socket"])
            #expect(try service.waitForExit() == .code(78))
            let text = "no socket with FileDescriptorName=decision; it passed authd.socket (a Unix socket)"
            #expect(service.standardError.contains(text))
            #expect(try manager.status(containing: text).contains("authd.yaml:1:"))
        }

        @Test func readiness_waits_for_the_keys_of_every_issuer_and_the_start_is_prolonged() throws {
            let key = IssuerKey("2026-01")
            let port = try FreePort.next()
            let issuer = """
                  - name: login
                    issuer: https://login.example
                    audiences: [hello-api]
                    algorithms: [ES256]
                    keys: { jwks_url: "http://127.0.0.1:\(port)/keys", allow_http: true }
                rules:
                """
            let manager = try ServiceManager(ServiceManager.configuration.replacing("rules:", with: issuer))
            let service = try manager.start()
            #expect(try manager.status(containing: "Waiting for keys of login").contains("login none"))
            #expect(manager.messages.contains { $0.hasPrefix("EXTEND_TIMEOUT_USEC=") })
            // Others are served meanwhile, a reload is none of systemd's business yet, and it may be stopped.
            #expect(try RawConnection(to: manager.decision).exchange(good).status == 200)
            #expect(try manager.reload().exitStatus == .code(0))
            #expect(manager.states == [])
            let server = try RecordingUpstream(on: .tcp(port: port)) { _ in
                .response(status: 200, fields: [:], body: IssuerKey.set(key))
            }
            #expect(try manager.reload().exitStatus == .code(0))
            try manager.wait(for: "READY=1")
            #expect(manager.states == ["READY=1"])
            #expect(try manager.status(containing: "login 1").contains("Serving"))
            #expect(try service.stop() == .code(0))
            withExtendedLifetime(server) {}
        }

        @Test func a_key_file_that_went_bad_is_told_as_degraded() throws {
            let manager = try ServiceManager()
            let service = try manager.start()
            try manager.wait(for: "READY=1")
            try manager.directory.replace("credentials/jwt", with: "short\n", mode: 0o400)
            #expect(try manager.status(containing: "degraded: ").contains("issuer \"main\""))
            #expect(try service.stop() == .code(0))
        }

        /// A rotated credential counts after a reload, however the file came to be another one.
        @Test func a_reload_reads_credentials_again() throws {
            let other = String(repeating: "abcdefgh01234567", count: 3)
            let manager = try ServiceManager()
            let service = try manager.start()
            try manager.wait(for: "READY=1")
            try manager.directory.replace("credentials/jwt", with: other + "\n", mode: 0o440)
            #expect(try manager.reload().exitStatus == .code(0))
            let client = try RawConnection(to: manager.decision)
            let text = question("GET", "/hello", token: TokenMint(secret: other).token())
            let deadline = Deadline.usual
            while try client.exchange(text).status != 200 { try #require(!deadline.isPast) }
            #expect(try client.exchange(good).status == 401)
            #expect(try service.stop() == .code(0))
        }

        @Test(.enabled(if: FrozenThread.isPossible, "skipped: freezing a thread takes root and python3"))
        func a_loop_that_is_stuck_stops_the_pings_of_the_watchdog() throws {
            let manager = try ServiceManager()
            let service = try manager.start(["WATCHDOG_USEC": "400000"])
            try manager.wait(for: "READY=1")
            try manager.first("two pings") { $0.count { $0 == "WATCHDOG=1" } >= 2 ? true : nil }
            // The second of the two that serve.
            let frozen = try FrozenThread(of: service.processIdentifier, named: "NIO-ELT-2-#2")
            // The control loop has found it silent, so no round is complete and no ping can be on its way.
            let line = try service.waitForLine(containing: "event loops do not answer")
            #expect(line.contains(#""threads":"NIO-ELT-2-#2""#))
            try expectSilence(manager, service)
            try frozen.thaw()
            try manager.wait(for: "WATCHDOG=1")
            #expect(try service.stop() == .code(0))
        }

        @Test(.enabled(if: FrozenThread.isPossible, "skipped: freezing a thread takes root and python3"))
        func a_control_loop_that_is_stuck_stops_the_pings_too() throws {
            let manager = try ServiceManager()
            let service = try manager.start(["WATCHDOG_USEC": "400000"])
            try manager.first("two pings") { $0.count { $0 == "WATCHDOG=1" } >= 2 ? true : nil }
            let frozen = try FrozenThread(of: service.processIdentifier, named: "NIO-ELT-1-#1")
            try expectSilence(manager, service)
            try frozen.thaw()
            try manager.wait(for: "WATCHDOG=1")
            #expect(try service.stop() == .code(0))
        }

        /// For five times as long as the watchdog's patience. What was on its way is let go first.
        private func expectSilence(_ manager: ServiceManager, _ service: RunningProcess) throws {
            #expect(service.outlives(Deadline(after: .milliseconds(500))))
            manager.forget()
            #expect(service.outlives(Deadline(after: .seconds(2))))
            #expect(!manager.messages.contains("WATCHDOG=1"))
        }

        @Test(.enabled(if: FakeJournal.isPossible, "skipped: a journal of the test's own takes root and unshare"))
        func decisions_reach_the_journal_with_their_fields() throws {
            let journal = try FakeJournal()
            let configuration = ServiceManager.configuration.replacing("format: json", with: "decisions: all")
            let manager = try ServiceManager(configuration)
            let service = try journal.start(manager)
            try manager.wait(for: "READY=1")
            #expect(try RawConnection(to: manager.decision).exchange(good).status == 200)
            let entry = try journal.entry(containing: "AUTHD_DECISION=")
            for field in [
                "AUTHD_DECISION=allow", "AUTHD_REASON=allowed", "AUTHD_RULE=hello", "AUTHD_ISSUER=main",
                "AUTHD_DOOR=nginx", "AUTHD_PATH=/hello", "PRIORITY=6", "SYSLOG_IDENTIFIER=authd",
            ] {
                #expect(entry.contains(field), "\(field) is not in \(entry)")
            }
            #expect(entry.contains { $0.hasPrefix("MESSAGE=decision door=nginx decision=allow reason=allowed") })
            #expect(try service.stop() == .code(0))
            // Nothing went to standard error beside it.
            #expect(service.standardError.isEmpty, "\(service.standardError)")
        }
    }
}

import Glibc
import TestSupport
import Testing

extension Scenarios {
    /// Restarts over a socket that systemd holds.
    @Suite struct ZeroLossTests {
        private let good = question("GET", "/hello", token: TokenMint(secret: DaemonConfiguration.secret).token())

        private func load(_ manager: ServiceManager) -> RequestLoad {
            let load = RequestLoad()
            let mint = TokenMint(secret: DaemonConfiguration.secret)
            let forger = TokenMint(secret: String(repeating: "x", count: 32))
            for _ in 0..<8 {
                load.start(to: manager.decision, requestsEach: 1, good: mint.token(), bad: forger.token()) { token, _ in
                    question("GET", "/hello", token: token)
                }
            }
            return load
        }

        @Test func restarts_under_load_refuse_lose_and_misjudge_nothing() throws {
            let manager = try ServiceManager()
            var service = try manager.start()
            try manager.wait(for: "READY=1")
            let load = load(manager)
            for _ in 0..<5 {
                try load.awaitAnswers(30)
                manager.forget()
                #expect(try service.stop() == .code(0))
                service = try manager.start()
                try manager.wait(for: "READY=1")
            }
            let counts = try load.stop()
            #expect(counts.requests > 100)
            #expect(counts.refused + counts.broken + counts.wrong + counts.unavailable == 0, "\(counts.text)")
            #expect(try service.stop() == .code(0))
        }

        @Test func violent_deaths_under_load_refuse_no_connection_and_misjudge_nothing() throws {
            let manager = try ServiceManager()
            var service = try manager.start()
            try manager.wait(for: "READY=1")
            let load = load(manager)
            for _ in 0..<5 {
                try load.awaitAnswers(30)
                manager.forget()
                service.send(signal: SIGKILL)
                #expect(try service.waitForExit() == .signal(SIGKILL))
                service = try manager.start()
                try manager.wait(for: "READY=1")
            }
            let counts = try load.stop()
            #expect(counts.requests > 100)
            #expect(counts.refused + counts.wrong + counts.unavailable == 0, "\(counts.text)")
            // What was accepted and not answered dies with the process: of each client one request a death at most.
            #expect(counts.broken <= 5 * 8, "\(counts.text)")
            #expect(try service.stop() == .code(0))
        }

        @Test func reloads_under_load_lose_nothing_at_all() throws {
            let manager = try ServiceManager()
            let service = try manager.start()
            try manager.wait(for: "READY=1")
            let load = load(manager)
            for turn in 0..<10 {
                let text = ServiceManager.configuration + "realm: turn\(turn)\n"
                try manager.directory.replace("authd.yaml", with: text)
                #expect(try manager.reload().exitStatus == .code(0))
                try load.awaitAnswers(10)
            }
            let counts = try load.stop()
            #expect(counts.requests > 100)
            #expect(counts.refused + counts.broken + counts.wrong + counts.unavailable == 0, "\(counts.text)")
            #expect(try service.stop() == .code(0))
        }

        /// NIO listens with a backlog of 128 whatever the unit said.
        @Test func the_backlog_of_the_unit_is_kept() throws {
            let manager = try ServiceManager(backlog: 512)
            let service = try manager.start()
            try manager.wait(for: "READY=1")
            // A stopped process accepts nothing: the kernel keeps what connects, as many as the backlog allows.
            service.send(signal: SIGSTOP)
            defer { service.send(signal: SIGCONT) }
            let waiting = try (0..<300).map { _ in try RawConnection(to: manager.decision, waiting: false) }
            for connection in waiting { try connection.send(good) }
            service.send(signal: SIGCONT)
            for connection in waiting { #expect(try connection.readResponse().status == 200) }
            #expect(try service.stop() == .code(0))
        }

        @Test func a_connection_that_was_accepted_before_the_stop_is_answered() throws {
            let manager = try ServiceManager()
            let service = try manager.start()
            try manager.wait(for: "READY=1")
            // Fresh ones, and one that has been used and is idle.
            let used = try RawConnection(to: manager.decision)
            #expect(try used.exchange(good).status == 200)
            let fresh = try (0..<20).map { _ in try RawConnection(to: manager.decision) }
            #expect(try RawConnection(to: manager.decision).exchange(good).status == 200)
            // The stop and the requests are there at the same time, in whatever order they are looked at.
            service.send(signal: SIGSTOP)
            for connection in fresh + [used] { try connection.send(good) }
            service.send(signal: SIGTERM)
            service.send(signal: SIGCONT)
            for connection in fresh + [used] {
                let response = try connection.readResponse()
                #expect(response.status == 200)
            }
            #expect(try service.waitForExit() == .code(0))
        }
    }
}

import Foundation
import TestSupport
import Testing

extension SystemdLab {
    /// `AUTHD_RESTART_SECONDS` says how long each kind of restart goes on under load, 20 by default.
    @Suite struct RestartTests {
        private static let seconds = Int(ProcessInfo.processInfo.environment["AUTHD_RESTART_SECONDS"] ?? "") ?? 20

        /// Does it again and again while the load goes on; returns how often.
        private func again(_ authd: InstalledAuthd, every pause: Duration, _ body: () throws -> Void) throws -> Int {
            let end = Deadline.seconds(Self.seconds)
            var count = 0
            while !end.isPast {
                let next = Deadline(after: pause)
                try body()
                count += 1
                while !next.isPast { authd.machine.pause() }
            }
            return count
        }

        @Test func a_restart_under_load_refuses_no_connection_and_answers_nothing_wrongly() throws {
            let authd = try InstalledAuthd()
            var restarts = 0
            let counts = try authd.underLoad("restart") {
                restarts = try again(authd, every: .seconds(2)) { try authd.machine.output("systemctl restart authd") }
            }
            #expect(counts.refused == 0 && counts.wrong == 0, "\(counts.text)")
            #expect(counts.broken == 0 && counts.unavailable == 0, "\(counts.text)")
            #expect(restarts >= 3 && counts.requests > 100)
        }

        @Test func a_kill_under_load_refuses_no_connection_and_answers_nothing_wrongly() throws {
            let authd = try InstalledAuthd()
            var kills = 0
            let counts = try authd.underLoad("kill -9") {
                kills = try again(authd, every: .seconds(2)) {
                    try authd.machine.output("systemctl kill --kill-whom=main --signal=KILL authd")
                }
            }
            #expect(counts.refused == 0 && counts.wrong == 0, "\(counts.text)")
            #expect(kills >= 3 && counts.requests > 100)
            try authd.wait(for: authd.secret.token(), toGet: 200)
            #expect(try authd.machine.output("systemctl is-active authd.service") == "active")
        }

        @Test func a_reload_under_load_loses_nothing_at_all() throws {
            let authd = try InstalledAuthd()
            let process = try authd.mainProcess()
            let counts = try authd.underLoad("reload") {
                for _ in 0..<20 { try authd.machine.output("systemctl reload authd") }
            }
            let lost = counts.refused + counts.wrong + counts.broken + counts.unavailable + counts.reopened
            #expect(lost == 0 && counts.requests > 100, "\(counts.text)")
            #expect(try authd.mainProcess() == process)
        }

        @Test func a_stop_under_load_finishes_what_has_begun() throws {
            let authd = try InstalledAuthd()
            let request = LabRequest.get("/hello", authd.secret.token())
            // A request that authd has the half of, at each door, and busy clients beside it.
            let counts = try authd.underLoad("stop", endsUnreachable: true) {
                let answers = try authd.network.inside {
                    let proxy = try RawConnection(to: InstalledAuthd.proxy)
                    #expect(try proxy.exchange(request).status == 200)
                    try proxy.send(String(request.prefix(30)))
                    try authd.machine.output("systemctl stop authd.socket authd-proxy.socket")
                    try authd.machine.output("systemctl stop --no-block authd.service")
                    while try authd.machine.run("systemctl", "is-active", "authd").standardOutput == "active\n" {
                        authd.machine.pause()
                    }
                    try proxy.send(String(request.dropFirst(30)))
                    return try proxy.readResponse()
                }
                #expect(answers.status == 200)
                #expect(answers.closes)
            }
            #expect(counts.wrong == 0, "\(counts.text)")
            // A connection that still stands in the kernel's queue when the last socket closes was never authd's: each of
            // the five clients at authd's own doors can have one.
            #expect(counts.broken <= 5, "\(counts.text)")
            let end =
                "while [ \"$(systemctl is-active authd)\" = deactivating ]; do sleep 0.1; done; systemctl show -P Result authd"
            #expect(try authd.machine.output(end) == "success")
            #expect(try authd.machine.output("systemctl show -P ExecMainStatus authd") == "0")
        }
    }
}

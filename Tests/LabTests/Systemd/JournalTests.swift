import Foundation
import TestSupport
import Testing

extension SystemdLab {
    @Suite struct JournalTests {
        /// The entries of authd since then, each as its fields.
        private func entries(_ machine: Machine, since cursor: String) throws -> [[String: Any]] {
            let lines = try machine.output("journalctl --sync; journalctl -u authd -o json --after-cursor='\(cursor)'")
            return try lines.split(separator: "\n").compactMap {
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            }
        }

        @Test func decisions_are_entries_with_fields_of_their_own() throws {
            let authd = try InstalledAuthd()
            let cursor = try authd.machine.journalCursor()
            #expect(try authd.ask(authd.secret.token()).status == 200)
            #expect(try authd.ask(nil).status == 401)
            #expect(try authd.ask(authd.secret.token(["exp": 1])).status == 401)
            var found: [[String: Any]] = []
            let deadline = Deadline.usual
            while found.count < 3, !deadline.isPast {
                found = try entries(authd.machine, since: cursor).filter { $0["AUTHD_DECISION"] != nil }
                authd.machine.pause()
            }
            func fields(_ name: String) -> [String?] { found.map { $0[name] as? String } }
            #expect(fields("AUTHD_DECISION") == ["allow", "deny", "deny"])
            #expect(fields("AUTHD_REASON") == ["allowed", "token_missing", "token_expired"])
            #expect(fields("AUTHD_RULE") == ["hello", "hello", "hello"])
            #expect(fields("_SYSTEMD_UNIT").allSatisfy { $0 == "authd.service" })
            #expect(fields("PRIORITY").allSatisfy { Int($0 ?? "").map { (4...6).contains($0) } == true })
            #expect(fields("SYSLOG_IDENTIFIER").allSatisfy { $0 == "authd" })
            let process = try authd.mainProcess()
            let denied = try authd.machine.output(
                "journalctl -u authd -o cat AUTHD_REASON=token_missing _PID=\(process)"
            )
            #expect(denied.split(separator: "\n").count == 1)
        }

        /// Bad tokens, bad configurations and bad files are what tempts a program to quote.
        @Test func no_log_of_the_machine_holds_a_secret_or_a_token() throws {
            let authd = try InstalledAuthd()
            let other = LabSecret.fresh()
            for token in [
                authd.secret.token(), other.token(), authd.secret.token(["exp": 1]), authd.secret.token(["aud": "x"]),
            ] {
                _ = try authd.ask(token)
                _ = try authd.network.exchange(LabRequest.get("/hello?t=\(token)", token), with: InstalledAuthd.proxy)
            }
            try authd.machine.write(other.text + "\n\u{1}", to: "/etc/authd/secrets/jwt")
            _ = try authd.machine.run("systemctl", "reload", "authd")
            try authd.machine.write(
                InstalledAuthd.configuration.replacing("/etc/authd/secrets/jwt", with: other.text),
                to: "/etc/authd/authd.yaml"
            )
            try authd.writeSecrets([authd.secret])
            try authd.machine.output("journalctl --sync; journalctl --all -o export > /run/lab-journal")
            let log = try Data(contentsOf: URL(fileURLWithPath: authd.machine.path("/run/lab-journal")))
            #expect(log.count > 1000)
            let texts = LabSecret.unspeakable
            #expect(texts.count > 5)
            for text in texts {
                #expect(log.range(of: Data(text.utf8)) == nil, "the journal holds a secret or a part of a token")
            }
        }
    }
}

import TestSupport
import Testing

extension SystemdLab {
    @Suite struct ServiceTests {
        @Test func behind_nginx_a_good_token_passes_and_a_bad_one_does_not() throws {
            let authd = try InstalledAuthd()
            try LabNginx.start(authd.machine)
            func status(_ token: String?) throws -> RawResponse {
                try authd.network.exchange(LabRequest.get("/hello", token), with: InstalledAuthd.nginx)
            }
            let allowed = try status(authd.secret.token())
            #expect(allowed.status == 200)
            #expect(allowed.text.contains("Hello, world!"))
            #expect(try status(nil).status == 401)
            #expect(try status(LabSecret.fresh().token()).status == 401)
            #expect(try status(authd.secret.token(["exp": 1])).status == 401)
            try authd.machine.output("systemctl stop authd.socket authd.service")
            #expect(try status(authd.secret.token()).status == 503)
        }

        @Test func systemd_says_when_it_is_ready_and_shows_a_status_for_people() throws {
            let authd = try InstalledAuthd()
            let status = try authd.machine.output("systemctl status authd.service --lines=0")
            #expect(status.contains("Active: active (running)"))
            #expect(status.contains("Status: \""))
            let ready = try authd.network.exchange(LabRequest.get("/readyz", nil), with: InstalledAuthd.admin)
            #expect(ready.status == 200)
        }

        @Test func a_rotated_secret_counts_and_the_retired_one_stops_counting() throws {
            let authd = try InstalledAuthd()
            let (old, new) = (authd.secret, LabSecret.fresh())
            let process = try authd.mainProcess()
            try authd.writeSecrets([new, old])
            try authd.wait(for: new.token(), toGet: 200)
            #expect(try authd.ask(old.token()).status == 200)
            try authd.writeSecrets([new])
            try authd.wait(for: old.token(), toGet: 401)
            #expect(try authd.ask(new.token()).status == 200)
            #expect(try authd.mainProcess() == process)
        }

        @Test func the_secret_command_rotates_in_place_and_keeps_mode_and_owner() throws {
            let authd = try InstalledAuthd()
            try authd.machine.output("authd secret rotate /etc/authd/secrets/jwt")
            #expect(try authd.machine.output("stat -c '%U %G %a' /etc/authd/secrets/jwt") == "root authd 640")
            let mint = "authd token mint --secret-file /etc/authd/secrets/jwt --sub me --audience hello-api"
            try authd.wait(for: authd.machine.output(mint), toGet: 200)
            #expect(try authd.ask(authd.secret.token()).status == 200)
        }

        @Test func a_stuck_event_loop_is_ended_by_the_watchdog_and_authd_comes_back() throws {
            let authd = try InstalledAuthd()
            try authd.machine.output(
                """
                mkdir -p \(InstalledAuthd.drops)
                printf '[Service]\\nWatchdogSec=2s\\n' > \(InstalledAuthd.drops)/lab.conf
                systemctl daemon-reload && systemctl restart authd
                """
            )
            let process = try authd.mainProcess()
            let cursor = try authd.machine.journalCursor()
            let frozen = try FrozenThread(of: process, named: "NIO-ELT", in: authd.machine)
            #expect(try authd.machine.journal(says: "Watchdog timeout", since: cursor, before: .seconds(40)))
            frozen.release()
            try authd.wait(for: authd.secret.token(), toGet: 200)
            #expect(try authd.mainProcess() != process)
            #expect(try authd.machine.output("systemctl show -P NRestarts authd") == "1")
        }
    }
}

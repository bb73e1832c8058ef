import Foundation
import TestSupport
import Testing

extension SystemdLab {
    @Suite struct PackageTests {
        @Test func the_same_programs_make_the_same_package() throws {
            let first = try LabPackage.current.bytes
            let again = try LabPackage(suffix: nil).bytes
            #expect(first == again)
        }

        @Test func a_fresh_installation_decides_with_a_secret_of_its_own() throws {
            let machine = try Machine.shared
            try? InstalledAuthd.purge(machine)
            try machine.copy(LabPackage.current.path, to: "/root/authd.deb")
            try machine.output("dpkg -i /root/authd.deb && systemctl start authd")
            #expect(try machine.output("dpkg -V authd").isEmpty, "a file is not as it was packaged")
            #expect(try machine.output("stat -c '%U %G %a' /etc/authd/secrets/jwt") == "root authd 640")
            #expect(try machine.output("stat -c '%G %a' \(InstalledAuthd.decision)") == "www-data 660")
            #expect(try machine.output("systemctl is-enabled authd.service authd.socket") == "enabled\nenabled")
            #expect(try machine.output("systemctl is-active authd.service authd.socket") == "active\nactive")
            try machine.output("authd check")

            let socket = SocketAddress.unix(path: machine.path(InstalledAuthd.decision))
            func status(_ token: String?) throws -> Int {
                try RawConnection(to: socket).exchange(LabRequest.question(token)).status
            }
            let mint = "authd token mint --secret-file /etc/authd/secrets/jwt --sub me"
            #expect(try status(machine.output(mint)) == 200)
            #expect(try status(nil) == 401)
            #expect(try status(LabSecret.fresh().token()) == 401)

            for file in [
                "/usr/share/man/man1/authd.1.gz", "/usr/share/bash-completion/completions/authd",
                "/usr/share/zsh/vendor-completions/_authd", "/usr/share/fish/vendor_completions.d/authd.fish",
                "/usr/share/authd/nginx/authd.conf", "/usr/share/doc/authd/copyright",
            ] {
                try machine.output("test -s \(file)")
            }
            #expect(try machine.output("bash -nc '. /usr/share/bash-completion/completions/authd'").isEmpty)
        }

        @Test func the_guides_commands_install_it_and_try_it_out() throws {
            let machine = try Machine.shared
            try LabNginx.remove(machine)
            try? InstalledAuthd.purge(machine)
            try machine.output("rm -rf /root/guide && mkdir /root/guide")
            let package = try LabPackage.current
            try machine.copy(package.path, to: "/root/guide/\(URL(fileURLWithPath: package.path).lastPathComponent)")
            let inFolder = "cd /root/guide\nsystemctl() { command systemctl --no-pager \"$@\"; }\n"
            try machine.output(inFolder + InstallGuide.block("sh", containing: "apt-get install"))
            let answer = try machine.output(inFolder + InstallGuide.block("sh", containing: "token mint"))
            #expect(answer.contains("HTTP/1.1 200"))
            #expect(answer.contains("X-Auth-Request-User: me"))
            try machine.output(inFolder + InstallGuide.block("sh", containing: "authd check"))
            try machine.output("rm -r /root/guide")
        }

        @Test func an_upgrade_under_load_refuses_no_connection_and_keeps_what_was_configured() throws {
            let authd = try InstalledAuthd()
            let later = try LabPackage.later
            let process = try authd.mainProcess()
            let counts = try authd.underLoad("upgrade") { try authd.install(later) }
            #expect(counts.refused == 0 && counts.wrong == 0, "\(counts.text)")
            #expect(counts.broken == 0 && counts.unavailable == 0, "\(counts.text)")
            #expect(try authd.machine.output("dpkg-query -W -f='${Version}' authd") == later.version)
            #expect(try authd.mainProcess() != process, "the new programs run")
            #expect(try authd.machine.output("cat /etc/authd/authd.yaml") + "\n" == InstalledAuthd.configuration)
            #expect(try authd.ask(authd.secret.token()).status == 200)
        }

        @Test func an_upgrade_that_would_refuse_the_configuration_leaves_the_old_programs_running() throws {
            let authd = try InstalledAuthd()
            let process = try authd.mainProcess()
            try authd.machine.write("nonsense: true\n", to: "/etc/authd/authd.yaml")
            try authd.machine.copy(LabPackage.later.path, to: "/root/authd.deb")
            let upgrade = try authd.machine.run("dpkg", "--force-confold", "-i", "/root/authd.deb")
            #expect(upgrade.exitStatus == .code(0))
            #expect(upgrade.allOutput.contains("refuses the configuration"), "\(upgrade.allOutput)")
            #expect(try authd.mainProcess() == process)
            #expect(try authd.ask(authd.secret.token()).status == 200)
        }

        @Test func removing_keeps_the_secret_and_installing_again_goes_on_with_it() throws {
            let authd = try InstalledAuthd()
            try authd.machine.output("dpkg --remove authd")
            #expect(
                try authd.machine.run("systemctl", "is-active", "authd.service", "authd.socket").exitStatus != .code(0)
            )
            try authd.install(LabPackage.current)
            try authd.machine.output("systemctl start authd-proxy.socket authd")
            #expect(try authd.ask(authd.secret.token()).status == 200)
        }

        @Test func purging_leaves_nothing() throws {
            let machine = try Machine.shared
            try LabNginx.remove(machine)
            try? InstalledAuthd.purge(machine)
            try machine.output("rm -f /root/authd.deb")
            let before = try everything(in: machine)
            let authd = try InstalledAuthd()
            try authd.machine.output("systemctl enable --now authd-proxy.socket hello.service")
            #expect(try everything(in: machine) != before)
            try authd.machine.output("rm -f /root/authd.deb")
            try InstalledAuthd.purge(machine)
            let after = try everything(in: machine)
            #expect(after.subtracting(before).sorted() == [])
            #expect(before.subtracting(after).sorted() == [])
            #expect(try machine.run("getent", "passwd", "authd").exitStatus != .code(0))
            #expect(try machine.run("getent", "group", "authd").exitStatus != .code(0))
            let units = try machine.output("systemctl list-units --all --plain --no-legend 'authd*' 'hello*'")
            #expect(units.isEmpty, "\(units)")
            #expect(try machine.output("cat /proc/[0-9]*/comm").split(separator: "\n").allSatisfy { $0 != "authd" })
        }

        /// The names of all files but those that are records of what happened: logs, dpkg's own, and the copies that
        /// tools of users and caches keep.
        private func everything(in machine: Machine) throws -> Set<String> {
            let names = try machine.output(
                """
                find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /tmp -o -path /var/log -o -path /var/lib/dpkg \\
                    -o -path /var/cache -o -path /var/tmp \\) -prune -o -print; find /run -path /run/log -prune -o -path '*authd*' -print
                """
            )
            return Set(names.split(separator: "\n").map(String.init)).filter {
                !["/etc/passwd-", "/etc/group-", "/etc/shadow-", "/etc/gshadow-", "/etc/.pwd.lock"].contains($0)
            }
        }
    }
}

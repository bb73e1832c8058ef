import TestSupport
import Testing

extension SystemdLab {
    @Suite struct ConfigurationFaultTests {
        private static let faulty = InstalledAuthd.configuration.replacing("audiences:", with: "audience:")

        @Test func a_broken_configuration_fails_the_reload_visibly_and_the_old_one_goes_on() throws {
            let authd = try InstalledAuthd()
            let process = try authd.mainProcess()
            try authd.machine.write(Self.faulty, to: "/etc/authd/authd.yaml")
            let reload = try authd.machine.run("systemctl", "reload", "authd")
            #expect(reload.exitStatus != .code(0), "the reload succeeded")
            let status = try authd.machine.output("systemctl status authd.service")
            #expect(status.contains("Active: active (running)"))
            #expect(status.contains("audience"), "\(status)")
            #expect(try authd.mainProcess() == process)
            #expect(try authd.ask(authd.secret.token()).status == 200)
            #expect(try authd.ask(nil).status == 401)

            try authd.machine.write(InstalledAuthd.configuration, to: "/etc/authd/authd.yaml")
            try authd.machine.output("systemctl reload authd")
            let line = try authd.machine.output("systemctl show -P StatusText authd")
            #expect(!line.contains("audience"), "\(line)")
        }

        @Test func a_good_configuration_is_taken_up_by_a_reload() throws {
            let authd = try InstalledAuthd()
            #expect(try authd.ask(authd.secret.token()).status == 200)
            let closed = InstalledAuthd.configuration.replacing(
                "require: { issuer: local }\n    upstream: hello",
                with: "deny: true"
            )
            try authd.machine.write(closed, to: "/etc/authd/authd.yaml")
            try authd.machine.output("systemctl reload authd")
            #expect(try authd.ask(authd.secret.token()).status == 403)
        }

        @Test func a_broken_configuration_at_start_ends_in_78_with_a_clear_status_and_no_second_try() throws {
            let authd = try InstalledAuthd()
            try authd.machine.write(Self.faulty, to: "/etc/authd/authd.yaml")
            let restart = try authd.machine.run("systemctl", "restart", "authd.service")
            #expect(restart.exitStatus != .code(0))
            #expect(try authd.machine.output("systemctl show -P ExecMainStatus authd") == "78")
            #expect(try authd.machine.output("systemctl show -P NRestarts authd") == "0")
            let status = try authd.machine.run("systemctl", "status", "authd.service").standardOutput
            #expect(status.contains("failed (Result: exit-code)"))
            #expect(status.contains("status=78"), "\(status)")
            #expect(status.contains("/etc/authd/authd.yaml:8:"), "the place of the fault is in sight\n\(status)")
        }

        @Test(arguments: ["", "short\n", "mysecret\n"])
        func a_bad_secret_at_start_ends_in_78_and_is_not_shown(secret: String) throws {
            let authd = try InstalledAuthd()
            try authd.machine.write(secret, to: "/etc/authd/secrets/jwt")
            let restart = try authd.machine.run("systemctl", "restart", "authd.service")
            #expect(restart.exitStatus != .code(0))
            #expect(try authd.machine.output("systemctl show -P ExecMainStatus authd") == "78")
            let status = try authd.machine.run("systemctl", "status", "authd.service").standardOutput
            #expect(status.contains("/etc/authd/secrets/jwt"), "\(status)")
            #expect(!status.contains("mysecret"))
        }
    }
}

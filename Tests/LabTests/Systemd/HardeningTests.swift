import TestSupport
import Testing

extension SystemdLab {
    @Suite struct HardeningTests {
        private func exposure(_ authd: InstalledAuthd) throws -> Double {
            let report = try authd.machine.output("systemd-analyze security authd.service --no-pager")
            let line = try #require(report.split(separator: "\n").last { $0.contains("Overall exposure level") })
            return try #require(line.split(separator: " ").compactMap { Double($0) }.first)
        }

        @Test func the_units_are_without_fault() throws {
            let authd = try InstalledAuthd()
            let verify = try authd.machine.run(
                "systemd-analyze",
                "verify",
                "--man=no",
                "authd.service",
                "authd.socket",
                "authd-proxy.socket",
                "hello.service"
            )
            #expect(verify.exitStatus == .code(0))
            #expect(verify.allOutput.isEmpty, "\(verify.allOutput)")
        }

        @Test func with_the_proxy_on_the_unit_exposes_at_most_one_tenth() throws {
            let authd = try InstalledAuthd()
            #expect(try exposure(authd) <= 1.0)
        }

        @Test func on_unix_sockets_only_the_unit_exposes_next_to_nothing_and_works() throws {
            let configuration = InstalledAuthd.configuration
                .replacing("  proxy: [{ systemd: proxy }]\n", with: "")
                .replacing("{ tcp: 127.0.0.1:9181 }", with: "{ unix: /run/authd/admin.sock }")
                .replacing("    upstream: hello\n", with: "")
                .replacing("upstreams: { hello: { url: \"http://127.0.0.1:9090\" } }\n", with: "")
            let authd = try InstalledAuthd(configuration)
            try authd.machine.output(
                """
                mkdir -p \(InstalledAuthd.drops)
                cp /usr/share/doc/authd/examples/systemd/unix-only.conf \(InstalledAuthd.drops)/
                systemctl daemon-reload && systemctl restart authd
                """
            )
            #expect(try exposure(authd) <= 0.3)
            #expect(try authd.ask(authd.secret.token()).status == 200)
            #expect(try authd.ask(nil).status == 401)
            let admin = SocketAddress.unix(path: authd.machine.path("/run/authd/admin.sock"))
            #expect(try RawConnection(to: admin).exchange(LabRequest.get("/readyz", nil)).status == 200)
        }
    }
}

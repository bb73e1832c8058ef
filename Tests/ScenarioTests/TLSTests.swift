import TestSupport
import Testing

extension Scenarios {
    /// Listeners that speak TLS, and upstreams that do, with curl and openssl as the other side.
    @Suite struct TLSTests {
        private let authority: CertificateAuthority
        private let mint = TokenMint(secret: DaemonConfiguration.secret)

        init() throws { authority = try CertificateAuthority() }

        private func configuration(
            _ upstream: RecordingUpstream,
            _ leaf: CertificateAuthority.Leaf
        ) -> DaemonConfiguration {
            var configuration = DaemonConfiguration(upstream: upstream.address)
            configuration.tls = "{ certificate: \(leaf.certificate), key: \(leaf.key) }"
            return configuration
        }

        private func port(_ daemon: DaemonFixture) -> Int {
            if case .tcp(let port) = daemon.proxy { port } else { 0 }
        }

        private struct Answer {
            let exit: TestSupport.ExitStatus?
            let status: String
            let output: String
        }

        private func curl(_ daemon: DaemonFixture, _ path: String, _ options: [String] = []) throws -> Answer {
            let run = try RunningProcess.run(
                try SystemTool.required("curl"),
                ["-sS", "--max-time", "20", "--cacert", authority.file, "-w", "\n%{http_code}"] + options
                    + ["https://localhost:\(port(daemon))\(path)"]
            )
            var lines = run.standardOutput.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let status = lines.popLast() ?? ""
            return Answer(exit: run.exitStatus, status: status, output: lines.joined(separator: "\n"))
        }

        /// The serial number of the certificate that the daemon shows to a new connection.
        private func serial(_ daemon: DaemonFixture) throws -> String {
            let openssl = try SystemTool.required("openssl")
            let client = try RunningProcess.run(
                openssl,
                ["s_client", "-connect", "127.0.0.1:\(port(daemon))", "-servername", "localhost"],
                input: []
            )
            let shown = try RunningProcess.run(
                openssl,
                ["x509", "-noout", "-serial"],
                input: Array(client.standardOutput.utf8)
            )
            #expect(shown.standardOutput.hasPrefix("serial="))
            return shown.standardOutput
        }

        @Test func a_proxy_listener_speaks_TLS_and_the_upstream_is_told() throws {
            let upstream = try RecordingUpstream()
            let daemon = try DaemonFixture(
                configuration(upstream, try authority.leaf("DNS:localhost,IP:127.0.0.1"))
            )
            let bearer = ["-H", "Authorization: Bearer \(mint.token())"]
            let good = try curl(daemon, "/hello", bearer)
            #expect(good.status == "200" && good.output == "Hello, world!")
            #expect(try curl(daemon, "/hello").status == "401")
            #expect(try curl(daemon, "/internal/x", bearer).status == "403")
            #expect(upstream.requests.map { $0.values("X-Forwarded-Proto") } == [["https"]])
        }

        @Test func a_body_passes_whole_both_ways_over_TLS() throws {
            let answer = String(repeating: "b", count: 3_000_000)
            let upstream = try RecordingUpstream { _ in .response(status: 200, body: answer) }
            let daemon = try DaemonFixture(configuration(upstream, try authority.leaf("DNS:localhost")))
            let body = try authority.folder.write(String(repeating: "a", count: 3_000_000), to: "body")
            let result = try curl(
                daemon,
                "/hello",
                ["-H", "Authorization: Bearer \(mint.token())", "--data-binary", "@\(body)", "-H", "Expect:"]
            )
            #expect(result.status == "200" && result.output == answer)
            #expect(upstream.requests.map(\.body.count) == [3_000_000])
        }

        @Test func what_is_no_TLS_1_2_gets_no_answer() throws {
            let upstream = try RecordingUpstream()
            let daemon = try DaemonFixture(configuration(upstream, try authority.leaf("DNS:localhost")))
            let plain = try RawConnection(to: daemon.proxy)
            try plain.send("GET /public/x HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let text = String(decoding: try plain.readToEnd(), as: UTF8.self)
            #expect(!text.contains("HTTP/1.1"))
            #expect(try curl(daemon, "/public/x", ["--tls-max", "1.1"]).exit != .code(0))
            #expect(try curl(daemon, "/public/x").status == "200")
            #expect(upstream.requests.count == 1)
        }

        @Test func a_renewed_certificate_is_shown_at_once_and_a_broken_one_is_not() throws {
            let upstream = try RecordingUpstream()
            let daemon = try DaemonFixture(configuration(upstream, try authority.leaf("DNS:localhost")))
            let first = try serial(daemon)
            let leaf = try authority.leaf("DNS:localhost", to: "leaf")
            try daemon.process.waitForLine(containing: "\"certificate loaded\"")
            let second = try serial(daemon)
            #expect(first != second)

            try authority.folder.replace("leaf.pem", with: "no certificate\n")
            try daemon.process.waitForLine(containing: "certificate not loaded, going on with the last good one")
            #expect(try serial(daemon) == second)
            #expect(try curl(daemon, "/public/x").status == "200")
            let page = try RawConnection(to: daemon.admin).exchange("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(page.status == 200 && page.text.contains("degraded"))
            #expect(page.text.contains("cannot use \(leaf.certificate)"))
            #expect(!page.text.contains("no certificate"))
        }

        @Test func an_https_upstream_is_verified_before_anything_is_sent() throws {
            let upstream = try RecordingUpstream()
            let service = try DaemonFixture(configuration(upstream, try authority.leaf("DNS:localhost")))
            let other = try DaemonFixture(configuration(upstream, try authority.leaf("DNS:other.example", to: "other")))
            let old = try DaemonFixture(
                configuration(upstream, try authority.leaf("DNS:localhost", days: -1, to: "old"))
            )
            /// What a client gets of an authd in front of `service`.
            func status(_ service: DaemonFixture, _ options: String = "", host: String = "localhost") throws -> Int {
                var configuration = DaemonConfiguration(upstream: upstream.address)
                configuration.upstreamValue = "{ url: \"https://\(host):\(port(service))\"\(options) }"
                let daemon = try DaemonFixture(configuration)
                return try RawConnection(to: daemon.proxy)
                    .exchange("GET /public/x HTTP/1.1\r\nHost: localhost\r\n\r\n").status
            }
            let trusted = ", ca_file: \(authority.file)"
            #expect(try status(service, trusted) == 200)
            #expect(upstream.requests.count == 1)
            #expect(upstream.requests.first?.values("X-Forwarded-Proto") == ["https"])
            // Signed by nobody who is trusted, for another name, for no address, and expired.
            #expect(try status(service) == 502)
            #expect(try status(other, trusted) == 502)
            #expect(try status(service, trusted, host: "127.0.0.1") == 502)
            #expect(try status(old, trusted) == 502)
            #expect(upstream.requests.count == 1)
        }

        @Test func a_server_that_speaks_no_TLS_is_no_https_upstream() throws {
            let upstream = try RecordingUpstream()
            guard case .tcp(let port) = upstream.address else { return }
            var configuration = DaemonConfiguration(upstream: upstream.address)
            configuration.upstreamValue = "{ url: \"https://127.0.0.1:\(port)\" }"
            let daemon = try DaemonFixture(configuration)
            let answer = try RawConnection(to: daemon.proxy)
                .exchange("GET /public/x HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(answer.status == 502)
            #expect(upstream.requests.allSatisfy { $0.method != "GET" })
        }

        @Test func check_names_a_certificate_that_cannot_be_used() throws {
            let upstream = try RecordingUpstream()
            let (leaf, other) = (try authority.leaf("DNS:localhost"), try authority.leaf("DNS:localhost", to: "other"))
            let mixed = CertificateAuthority.Leaf(certificate: leaf.certificate, key: other.key)
            let missing = CertificateAuthority.Leaf(certificate: leaf.certificate + "x", key: other.key)
            let faults = [(mixed, "they do not belong together"), (missing, "\(leaf.certificate)x")]
            for (leaf, expected) in faults {
                let files = try DaemonFiles(configuration(upstream, leaf))
                let check = try RunningProcess.run(
                    BuiltProducts.program("authd"),
                    ["check", "--config", files.configurationFile]
                )
                #expect(check.exitStatus == .code(78))
                #expect(check.allOutput.contains("listeners.proxy[0].tls") && check.allOutput.contains(expected))
                let serve = try RunningProcess.run(
                    BuiltProducts.program("authd"),
                    ["serve", "--config", files.configurationFile]
                )
                #expect(serve.exitStatus == .code(78) && serve.allOutput.contains(expected))
            }
        }
    }
}

import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// A real daemon whose keys come from a key server.
    @Suite struct RemoteKeysTests {
        private static func keyServer(_ keys: Awaited<String>, port: Int? = nil) throws -> RecordingUpstream {
            try RecordingUpstream(on: port.map { .tcp(port: $0) }) { _ in
                .response(status: 200, fields: ["Cache-Control": "max-age=3600"], body: keys.current)
            }
        }

        private static func configuration(port: Int, options: String = "") -> DaemonConfiguration {
            var configuration = DaemonConfiguration()
            configuration.issuer = configuration.issuer.replacing("HS256", with: "ES256")
            configuration.keys = "{ jwks_url: \"http://127.0.0.1:\(port)/keys\", allow_http: true, wait: 5s\(options) }"
            return configuration
        }

        private static func port(_ server: RecordingUpstream) -> Int {
            if case .tcp(let port) = server.address { port } else { 0 }
        }

        private func ask(_ daemon: SocketAddress, _ token: String) throws -> String {
            let response = try RawConnection(to: daemon).exchange(question("GET", "/hello", token: token))
            return "\(response.status) \(response["X-Authd-Reason"] ?? "")"
        }

        private func get(_ address: SocketAddress, _ path: String) throws -> RawResponse {
            try RawConnection(to: address).exchange(
                "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
        }

        private func text(_ response: RawResponse) -> String { String(decoding: response.body, as: UTF8.self) }

        @Test func a_key_set_that_changes_at_the_server_is_taken_up_by_the_first_token_of_the_new_key() throws {
            let (first, second) = (IssuerKey("2026-01"), IssuerKey("2026-02"))
            let keys = Awaited(IssuerKey.set(first))
            let server = try Self.keyServer(keys)
            let daemon = try DaemonFixture(Self.configuration(port: Self.port(server)))
            #expect(try ask(daemon.decision, try first.token()) == "200 allowed")
            #expect(try ask(daemon.decision, try second.token()) == "401 key_unknown")
            #expect(server.requests.count == 2)
            keys.update { $0 = IssuerKey.set(first, second) }
            // The operator need not wait for the cooldown.
            daemon.process.send(signal: SIGHUP)
            _ = try server.waitForRequests(3)
            try waitUntil(daemon) { try ask(daemon.decision, try second.token()) == "200 allowed" }
            #expect(try ask(daemon.decision, try first.token()) == "200 allowed")
            #expect(server.requests.allSatisfy { $0.target == "/keys" && $0.method == "GET" })
            #expect(!daemon.process.allOutput.contains(second.jwk))
        }

        @Test func the_first_request_with_a_new_key_waits_for_it_and_a_removed_key_is_refused() throws {
            let (first, second) = (IssuerKey("2026-01"), IssuerKey("2026-02"))
            let keys = Awaited(IssuerKey.set(first))
            let server = try Self.keyServer(keys)
            let daemon = try DaemonFixture(Self.configuration(port: Self.port(server)))
            #expect(try ask(daemon.decision, try first.token()) == "200 allowed")
            keys.update { $0 = IssuerKey.set(second) }
            #expect(try ask(daemon.decision, try second.token()) == "200 allowed")
            #expect(server.requests.count == 2)
            try waitUntil(daemon) { try ask(daemon.decision, try first.token()) == "401 key_unknown" }
            let metrics = text(try get(daemon.admin, "/metrics"))
            for line in [
                #"authd_keys{issuer="main"} 1"#, #"authd_key_fetches_total{issuer="main",cause="refresh"} 1"#,
                #"authd_key_fetches_total{issuer="main",cause="unknown_key"} 1"#,
                #"authd_key_waits_total{result="found"} 1"#,
                #"authd_key_reloads_total{issuer="main",result="loaded"} 2"#,
            ] {
                #expect(metrics.contains(line), "\(line) is not in\n\(metrics)")
            }
            #expect(metrics.contains("authd_key_source_age_seconds{issuer=\"main\"}"))
            #expect(try daemon.process.stop() == .code(0))
        }

        @Test func a_key_server_that_is_down_at_the_start_keeps_nothing_but_its_own_tokens_waiting() throws {
            let key = IssuerKey("2026-01")
            let port = try FreePort.next()
            let files = try DaemonFiles(Self.configuration(port: port))
            let daemon = try RunningProcess(
                BuiltProducts.program("authd"),
                ["serve", "--config", files.configurationFile]
            )
            defer { daemon.send(signal: SIGKILL) }
            try daemon.waitForLine(containing: "\"ready\"")
            let decision = SocketAddress.tcp(port: files.decisionPort)
            let admin = SocketAddress.tcp(port: files.adminPort)
            #expect(try ask(decision, try key.token()) == "503 keys_unavailable")
            let open = try RawConnection(to: decision).exchange(question("GET", "/healthz"))
            #expect(open.status == 200)
            let readiness = try get(admin, "/readyz")
            #expect(readiness.status == 503)
            #expect(text(readiness).contains("keys_unavailable"))
            #expect(text(readiness).contains("cannot be reached"))
            let server = try Self.keyServer(Awaited(IssuerKey.set(key)), port: port)
            _ = try server.waitForRequests(1)
            let deadline = Deadline.usual
            while try get(admin, "/readyz").status != 200 {
                try #require(!deadline.isPast, "\(daemon.allOutput)")
            }
            #expect(try ask(decision, try key.token()) == "200 allowed")
            #expect(try daemon.stop() == .code(0))
        }

        @Test func a_stop_during_the_first_fetch_ends_the_daemon() throws {
            let server = try RecordingUpstream { _ in .silence }
            let files = try DaemonFiles(Self.configuration(port: Self.port(server), options: ", timeout: 30s"))
            let daemon = try RunningProcess(
                BuiltProducts.program("authd"),
                ["serve", "--config", files.configurationFile]
            )
            defer { daemon.send(signal: SIGKILL) }
            _ = try server.waitForRequests(1)
            #expect(try daemon.stop() == .code(0))
        }

        /// The event loops go over to new keys a moment after the fetch; asks again until they have.
        private func waitUntil(_ daemon: DaemonFixture, _ isMet: () throws -> Bool) throws {
            let deadline = Deadline.usual
            while try !isMet() { try #require(!deadline.isPast, "\(daemon.process.allOutput)") }
        }
    }
}

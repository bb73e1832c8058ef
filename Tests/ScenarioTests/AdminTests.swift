import TestSupport
import Testing

extension Scenarios {
    @Suite struct AdminTests {
        private let daemon: DaemonFixture
        private let good = TokenMint(secret: DaemonConfiguration.secret).token()

        init() throws {
            daemon = try DaemonFixture()
        }

        private func get(_ path: String) throws -> RawResponse {
            try RawConnection(to: daemon.admin).exchange(request("GET", path))
        }

        private func ask(token: String?) throws -> Int {
            try RawConnection(to: daemon.decision).exchange(question("GET", "/hello", token: token)).status
        }

        /// The value of the one sample whose name and labels contain all of `parts`.
        private func metric(_ parts: String...) throws -> Double {
            let lines = try get("/metrics").text.split(separator: "\n").filter { line in
                !line.hasPrefix("#") && parts.allSatisfy { line.contains($0) }
            }
            return lines.compactMap { $0.split(separator: " ").last }.compactMap { Double($0) }.reduce(0, +)
        }

        /// Asks again, at short intervals, until the answer is the one: a file is noticed at some moment.
        private func waitUntil(_ what: Comment, _ isSo: () throws -> Bool) throws {
            let deadline = Deadline.usual
            while try !isSo() {
                try #require(!deadline.isPast, what)
            }
        }

        @Test func a_live_process_says_so() throws {
            #expect(try get("/healthz").status == 200)
        }

        @Test func a_ready_process_says_so_and_is_not_degraded() throws {
            let response = try get("/readyz")
            #expect(response.status == 200)
            #expect(!response.text.contains("degraded"))
        }

        @Test func running_on_the_last_good_keys_is_told_and_ends_with_the_next_good_ones() throws {
            try daemon.directory.write("too-short\n", to: daemon.keyFileName)
            try waitUntil("degraded") { try get("/readyz").text.contains("degraded") }
            #expect(try get("/readyz").status == 200)
            #expect(try get("/healthz").status == 200)
            #expect(try ask(token: good) == 200)
            #expect(try metric("authd_key_reloads_total", "main", "result=") > 0)
            try daemon.directory.write(DaemonConfiguration.secret + "\n", to: daemon.keyFileName)
            try waitUntil("good again") { try !get("/readyz").text.contains("degraded") }
            #expect(try ask(token: good) == 200)
        }

        @Test func decisions_are_counted_by_door_decision_and_reason() throws {
            for _ in 0..<3 { #expect(try ask(token: good) == 200) }
            for _ in 0..<2 { #expect(try ask(token: nil) == 401) }
            #expect(try metric("authd_decisions_total{", "decision=\"allow\"", "reason=\"allowed\"") == 3)
            #expect(try metric("authd_decisions_total{", "decision=\"deny\"", "reason=\"token_missing\"") == 2)
            #expect(try metric("authd_keys{", "issuer=\"main\"") == 1)
        }

        @Test func metrics_are_in_the_form_that_Prometheus_reads() throws {
            _ = try ask(token: good)
            let response = try get("/metrics")
            #expect(response["Content-Type"]?.hasPrefix("text/plain") == true)
            for name in [
                "authd_decisions_total", "authd_decision_seconds", "authd_keys", "authd_connections", "process_",
            ] {
                #expect(response.text.contains(name))
            }
            for line in response.text.split(separator: "\n") where !line.hasPrefix("#") {
                let value = line.split(separator: " ").last.flatMap { Double($0) }
                #expect(value != nil, "\(line)")
            }
        }

        @Test func nothing_secret_stands_in_any_answer() throws {
            _ = try ask(token: good)
            for path in ["/metrics", "/readyz", "/healthz", "/"] {
                let text = try get(path).text
                #expect(!text.contains(DaemonConfiguration.secret))
                #expect(!text.contains(good.suffix(20)))
            }
        }

        @Test func decisions_are_not_made_here() throws {
            let response = try RawConnection(to: daemon.admin).exchange(question("GET", "/hello", token: good))
            #expect(response.status == 404)
            #expect(response["X-Authd-Decision"] == nil)
        }
    }
}

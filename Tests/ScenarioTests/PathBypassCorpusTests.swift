import TestSupport
import Testing

extension Scenarios {
    /// Paths that some program reads in another way than the next one, at the proxy and at the decision endpoint.
    @Suite(.enabled(if: CorpusFolder.isPresent, Comment(rawValue: CorpusFolder.absence)))
    struct PathBypassCorpusTests {
        struct Case: Decodable, Sendable {
            let id: String
            let raw_path: String
            let mode: String
            let protected_prefix: String?
            let public_prefix: String?
            let expect: String
            let why: String

            var prefix: String { protected_prefix ?? public_prefix ?? "" }
            var isControl: Bool { why.contains("control") }
            /// The contract refuses path parameters, whatever they are.
            var hasParameters: Bool { raw_path.prefix { $0 != "?" }.contains(";") }
            /// White space at an end belongs to a header field's syntax and not to its value, so such a path cannot be
            /// told to the decision endpoint at all.
            var fitsInHeader: Bool {
                let bytes = Array(raw_path.utf8)
                let ends = [bytes.first, bytes.last]
                return !ends.contains(32) && !ends.contains(9) && !bytes.contains { $0 == 10 || $0 == 13 || $0 == 0 }
            }
        }

        struct Group: Hashable {
            let mode: String
            let prefix: String
        }

        private func rules(_ group: Group) -> String {
            let token = "require: { issuer: main }"
            let (inside, outside) = group.mode == "protect" ? (token, "allow: anonymous") : ("allow: anonymous", token)
            return """
                  - name: inside
                    match: { path: \(group.prefix)/** }
                    \(inside)
                    upstream: hello
                  - name: outside
                    match: { path: /** }
                    \(outside)
                    upstream: hello
                """
        }

        private func forEachGroup(_ body: (DaemonFixture, RecordingUpstream, [Case]) throws -> Void) throws {
            let cases: [Case] = try CorpusFolder.cases("path-bypass.json")
            for (group, members) in Dictionary(grouping: cases, by: { Group(mode: $0.mode, prefix: $0.prefix) }) {
                let upstream = try RecordingUpstream()
                var configuration = DaemonConfiguration(upstream: upstream.address)
                configuration.rules = rules(group)
                try body(DaemonFixture(configuration), upstream, members)
            }
        }

        /// Whether the status is one that the case allows.
        private func isRight(_ status: Int, _ item: Case) -> Bool {
            let isRefusal = (400..<500).contains(status)
            switch item.expect {
            case "public" where item.isControl && !item.hasParameters: return status == 200
            case "public": return status == 200 || isRefusal
            case "deny" where item.isControl: return status == 401
            case "deny", "reject": return isRefusal
            default: return false
            }
        }

        @Test func every_case_is_decided_rightly_by_the_proxy_and_forwarded_byte_for_byte() throws {
            var counts: [String: Int] = [:]
            try forEachGroup { daemon, upstream, cases in
                for item in cases {
                    upstream.forget()
                    let client = try RawConnection(to: daemon.proxy)
                    try client.send("GET \(item.raw_path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    let response = try client.readResponse()
                    try client.expectClose()
                    let comment = Comment(rawValue: "\(item.id) \(item.raw_path) \(item.expect): \(response.status)")
                    #expect(isRight(response.status, item), comment)
                    #expect(upstream.requests.map(\.target) == (response.status == 200 ? [item.raw_path] : []), comment)
                    counts["\(item.expect) \(response.status)", default: 0] += 1
                }
            }
            report("proxy", counts)
        }

        @Test func every_case_is_decided_rightly_at_the_decision_endpoint() throws {
            var counts: [String: Int] = [:]
            try forEachGroup { daemon, _, cases in
                for item in cases {
                    guard item.fitsInHeader else {
                        counts["cannot stand in a header field", default: 0] += 1
                        continue
                    }
                    let client = try RawConnection(to: daemon.decision)
                    let response = try client.exchange(question("GET", item.raw_path))
                    let comment = Comment(rawValue: "\(item.id) \(item.raw_path) \(item.expect): \(response.status)")
                    #expect(isRight(response.status, item), comment)
                    #expect((response["X-Authd-Decision"] == "allow") == (response.status == 200), comment)
                    counts["\(item.expect) \(response.status)", default: 0] += 1
                }
            }
            report("decision endpoint", counts)
        }

        private func report(_ door: String, _ counts: [String: Int]) {
            let total = counts.values.reduce(0, +)
            let text = counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            print("path-bypass at the \(door): \(total) cases; \(text)")
            #expect(total > 0)
        }
    }
}

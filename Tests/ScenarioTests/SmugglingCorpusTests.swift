import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// Requests that two servers could read in two ways, over real sockets.
    @Suite(.enabled(if: CorpusFolder.isPresent, Comment(rawValue: CorpusFolder.absence)))
    struct SmugglingCorpusTests {
        private static let identity = """
            { X-Auth-User: sub, X-Auth-Sub: sub, X-Remote-User: sub, Remote-User: sub, \
            X-Goog-Authenticated-User-Email: sub }
            """

        private static func rules(_ access: String) -> String {
            "  - name: all\n    match: { path: /** }\n    \(access)\n    upstream: hello"
        }

        private func daemon(_ access: String, _ upstream: RecordingUpstream) throws -> DaemonFixture {
            var configuration = DaemonConfiguration(upstream: upstream.address)
            configuration.rules = Self.rules(access)
            configuration.identityHeaders = Self.identity
            return try DaemonFixture(configuration)
        }

        @Test func the_decision_listener_answers_each_case_as_it_must() throws {
            let upstream = try RecordingUpstream()
            let daemon = try daemon("allow: anonymous", upstream)
            var tally = SmugglingTally()
            for item in try SmugglingCase.all() {
                let outcome = try SmugglingOutcome.of(item.bytes(good: "x", bad: "y"), item, at: daemon.decision)
                tally.note(item, outcome.fault(item))
                #expect(outcome.responses.allSatisfy { $0["X-Authd-Decision"] != "allow" }, "\(item.id)")
            }
            tally.report("decision listener")
            #expect(daemon.process.isRunning)
        }

        @Test func the_proxy_answers_each_case_as_it_must_and_forwards_nothing_else() throws {
            let good = TokenMint(secret: DaemonConfiguration.secret).token()
            var tally = SmugglingTally()
            // Cases that break off have an upstream of their own: it may notice the end when the next case has begun.
            for breaksOff in [false, true] {
                let upstream = try RecordingUpstream()
                let open = try daemon("allow: anonymous", upstream)
                let closed = try daemon("require: { issuer: main }", upstream)
                for item in try SmugglingCase.all() where (item.expect == "close") == breaksOff {
                    upstream.forget()
                    // Cases about tokens meet a rule that wants one; the others one that forwards all that is well formed.
                    let door = item.isAboutTokens ? closed : open
                    let outcome = try SmugglingOutcome.of(item.bytes(good: good, bad: "rubbish"), item, at: door.proxy)
                    let seen = upstream.record.current
                    tally.note(item, outcome.fault(item) ?? item.fault(inUpstream: seen, outcome))
                }
                #expect(open.process.isRunning && closed.process.isRunning)
            }
            tally.report("proxy")
        }

        @Test func an_incomplete_request_is_given_up_in_time() throws {
            let upstream = try RecordingUpstream()
            let daemon = try daemon("allow: anonymous", upstream)
            let waiting = try SmugglingCase.all().filter { $0.expect == "close" && $0.status_hint == 408 }.map { item in
                let client = try RawConnection(to: daemon.proxy)
                try client.send(item.bytes(good: "x", bad: "y"))
                return (item, client)
            }
            for (item, client) in waiting {
                for _ in 0..<item.requests { _ = try client.readResponse() }
                let rest = SmugglingOutcome.withoutInterim(try client.readToEnd(before: .seconds(90)))
                #expect(rest.isEmpty || rest.hasPrefix("HTTP/1.1 4"), "\(item.id)")
            }
            print("http-smuggling: \(waiting.count) incomplete requests given up")
        }
    }
}

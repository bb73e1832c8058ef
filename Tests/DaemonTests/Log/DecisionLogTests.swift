import Authorization
import Gateways
import NIOCore
import NIOPosix
import Platform
import TestSupport
import Testing

@testable import Daemon

/// What is logged of decisions, and how often.
@Suite struct DecisionLogTests {
    private static let policy = Policy(
        issuers: [KeySettings.issuer()],
        rules: [],
        identityHeaders: []
    )

    private func ask(_ authorizer: inout Authorizer, _ writer: DecisionLogWriter, _ target: String) {
        let token = TokenMint(secret: "no-secret-of-anybody-0123456789abcdef").token()
        let bytes = Array("GET\(target)\(token)".utf8)
        let end = 3 + target.utf8.count
        let request = AuthorizationRequest(
            method: 0..<3,
            target: 3..<end,
            host: nil,
            credential: .token(end..<bytes.count, source: 0)
        )
        let decision = authorizer.decide(request, in: bytes.span, now: Timestamp(seconds: 1_795_244_668))
        writer.write(decision, .nginx, method: 0..<3, in: bytes.span, claims: [], authorizer)
    }

    @Test func a_record_tells_what_was_decided_and_nothing_of_the_token_or_the_query() throws {
        let pipe = try LogPipe()
        let writer = DecisionLogWriter(sink: LogSink(descriptor: pipe.writing, format: .json))
        var authorizer = Authorizer(AuthorizationSnapshot(policy: Self.policy, keyRings: [nil], generation: 9))
        ask(&authorizer, writer, "/hello?secret=query")
        let line = pipe.take()
        for part in [
            #""message":"decision""#, #""door":"nginx""#, #""decision":"deny""#, #""reason":"no_rule""#,
            #""method":"GET""#, #""generation":9"#, #""level":"notice""#,
        ] { #expect(line.contains(part), "\(line)") }
        #expect(!line.contains("eyJ"))
        #expect(!line.contains("query"))
    }

    @Test func a_burst_is_cut_and_told_of_in_one_record() throws {
        let pipe = try LogPipe()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { try? group.syncShutdownGracefully() }
        let writer = DecisionLogWriter(sink: LogSink(descriptor: pipe.writing, format: .journal), recordsPerSecond: 10)
        let policy = Self.policy
        try group.next().submit {
            var authorizer = Authorizer(AuthorizationSnapshot(policy: policy, keyRings: [nil], generation: 1))
            for _ in 0..<50 { ask(&authorizer, writer, "/") }
        }.wait()
        // A burst that took longer than a second, on a very slow machine, writes more and leaves out less.
        var text = pipe.take()
        let deadline = Deadline.usual
        while !text.contains("suppressed="), !deadline.isPast { text += pipe.take() }
        let written = text.split(separator: "\n").count { $0.hasPrefix("<5>decision") }
        #expect(written >= 10)
        #expect(written + Int(writer.suppressedRecords) == 50)
        #expect(text.contains("suppressed=\(writer.suppressedRecords)") || written > 10)
    }

    @Test func the_budget_is_for_each_second_and_the_rest_is_told_with_the_next_record() {
        var budget = DecisionLogBudget(limit: 2)
        let start = MonotonicTime(nanoseconds: 5_000_000_000)
        let later = start.advanced(byNanoseconds: 999_999_999)
        let next = start.advanced(byNanoseconds: 1_000_000_000)
        #expect(budget.ask(at: start) == .write)
        #expect(budget.ask(at: start) == .write)
        #expect(budget.ask(at: start) == .suppress(isFirst: true))
        #expect(budget.ask(at: later) == .suppress(isFirst: false))
        #expect(budget.ask(at: next) == .writeAfterSummary(suppressed: 2))
        #expect(budget.ask(at: next) == .write)
        #expect(budget.ask(at: next) == .suppress(isFirst: true))
        #expect(budget.takeSuppressed() == 1)
        #expect(budget.ask(at: next.advanced(byNanoseconds: 1_000_000_000)) == .write)
    }

    @Test func outcomes_have_levels_that_can_be_filtered() {
        func level(_ outcome: Decision.Outcome, _ reason: Reason) -> String {
            let record = DecisionRecord(
                time: .now(),
                door: .proxy,
                outcome: outcome,
                reason: reason,
                shadowReason: nil,
                rule: nil,
                method: "GET",
                host: nil,
                path: nil,
                issuer: nil,
                generation: 1
            )
            return "\(record.logRecord.level)"
        }
        #expect(level(.allow, .allowed) == "info")
        #expect(level(.deny, .noRule) == "notice")
        #expect(level(.error, .keysUnavailable) == "error")
    }
}

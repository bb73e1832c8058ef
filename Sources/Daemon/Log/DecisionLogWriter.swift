package import Authorization
package import Gateways
internal import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix
internal import Platform
internal import Synchronization

/// Writes decisions to a sink, at most a number a second for each event loop; one record tells how many were left out.
package final class DecisionLogWriter: DecisionLog {
    /// One event loop's budget. Only its own thread ever asks, so the lock is always free.
    private final class Account: Sendable {
        let budget: NIOLockedValueBox<DecisionLogBudget>

        init(limit: Int) { budget = NIOLockedValueBox(DecisionLogBudget(limit: limit)) }
    }

    private let sink: LogSink
    private let limit: Int
    private let accounts = ThreadSpecificVariable<Account>()
    private let suppressed = Atomic<UInt64>(0)

    /// - Parameter recordsPerSecond: for each event loop.
    package init(sink: LogSink, recordsPerSecond: Int = 200) {
        self.sink = sink
        limit = recordsPerSecond
    }

    /// Decisions that were not logged because there were too many.
    package var suppressedRecords: UInt64 { suppressed.load(ordering: .relaxed) }

    package func write(
        _ decision: Decision,
        _ door: Door,
        method: Range<Int>,
        in bytes: Span<UInt8>,
        claims: [ClaimPath],
        _ authorizer: borrowing Authorizer
    ) {
        switch account().budget.withLockedValue({ $0.ask(at: .now()) }) {
        case .suppress(let isFirst):
            suppressed.add(1, ordering: .relaxed)
            if isFirst { scheduleSummary() }
            return
        case .writeAfterSummary(let count): summarize(count)
        case .write: break
        }
        sink.write(Self.record(decision, door, method, bytes, claims, authorizer).logRecord)
    }

    private func account() -> Account {
        if let account = accounts.currentValue { return account }
        let account = Account(limit: limit)
        accounts.currentValue = account
        return account
    }

    /// After a burst there may be no further record to carry the summary.
    private func scheduleSummary() {
        guard let loop = MultiThreadedEventLoopGroup.currentEventLoop else { return }
        loop.scheduleTask(in: .seconds(1)) { [self] in
            let count = account().budget.withLockedValue { $0.takeSuppressed() }
            if count > 0 { summarize(count) }
        }
    }

    private func summarize(_ count: UInt64) {
        sink.write(
            LogRecord(
                time: .now(),
                level: .warning,
                message: "decisions were not logged, because there were too many",
                fields: [LogField("suppressed", count)]
            )
        )
    }

    private static func record(
        _ decision: Decision,
        _ door: Door,
        _ method: Range<Int>,
        _ bytes: Span<UInt8>,
        _ claims: [ClaimPath],
        _ authorizer: borrowing Authorizer
    ) -> DecisionRecord {
        let policy = authorizer.snapshot.policy
        return DecisionRecord(
            time: .now(),
            door: door,
            outcome: decision.outcome,
            reason: decision.reason,
            shadowReason: decision.shadowReason,
            rule: decision.rule.flatMap { policy.rules.indices.contains($0) ? policy.rules[$0].name : nil },
            method: text(bytes, method),
            host: authorizer.decidedHost,
            path: authorizer.decidedPath,
            issuer: decision.issuer.flatMap { policy.issuers.indices.contains($0) ? policy.issuers[$0].name : nil },
            generation: authorizer.snapshot.generation,
            claims: authorizer.claims(claims, of: decision)
        )
    }

    private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        // More than is ever written of it.
        let range = range.clamped(to: 0..<bytes.count).prefix(64)
        return String(decoding: range.map { bytes[$0] }, as: UTF8.self)
    }
}

package import Authorization

/// What a policy would make of a log, summed up: how many decisions change in which way, with an example of each. Its
/// size does not grow with the log.
package struct ReplayReport: Sendable {
    /// A decision as it was or would be.
    package struct Verdict: Sendable, Hashable {
        package let outcome: Decision.Outcome
        package let reason: Reason
        package let shadowReason: Reason?
        package let rule: String?
    }

    /// Decisions that change in one way.
    package struct Kind: Sendable, Hashable {
        package let change: ReplayChange
        package let was: Verdict
        /// nil where it cannot be told.
        package let becomes: Verdict?
        /// Where it cannot be told, the rule that would decide; nil where that is not known either.
        package let rule: String?
        /// What the line would have to carry to tell; else empty.
        package let missing: [ReplayOutcome.Missing]
    }

    package struct Example: Sendable, Equatable {
        /// Counted from 1.
        package let line: Int
        package let record: RecordedDecision
    }

    package struct Group: Sendable {
        package let kind: Kind
        package internal(set) var count: Int
        /// The first one.
        package let example: Example
    }

    /// How many different kinds are told apart; names of rules come from the log, which may hold anything.
    package static let maximumGroups = 2000

    /// Lines of the log, decisions or not.
    package private(set) var lines = 0
    /// Lines that are decisions and were replayed.
    package private(set) var decisions = 0
    /// Lines that say they are decisions, but are none that authd writes.
    package private(set) var damaged = 0
    /// In the order of their first example.
    package private(set) var groups: [Group] = []
    /// Decisions that stand in no group, because there were too many groups.
    package private(set) var ungrouped = 0
    private var counts: [ReplayChange: Int] = [:]
    private var indices: [Kind: Int] = [:]

    package init() {}

    package func count(_ change: ReplayChange) -> Int { counts[change] ?? 0 }

    /// Decisions that would be other ones.
    package var changed: Int {
        count(.allowToDeny) + count(.denyToAllow) + count(.otherReason) + count(.otherRule)
    }

    /// A line that is no decision.
    package mutating func pass(isDamaged: Bool) {
        lines += 1
        if isDamaged { damaged += 1 }
    }

    /// A decision, and what the policy makes of it.
    /// - Returns: how it changes, and that it stands in this line.
    @discardableResult
    package mutating func add(
        _ record: RecordedDecision,
        _ outcome: ReplayOutcome,
        _ policy: Policy
    ) -> (kind: Kind, example: Example) {
        lines += 1
        decisions += 1
        let kind = Kind(record, outcome, policy)
        let example = Example(line: lines, record: record)
        counts[kind.change, default: 0] += 1
        if let index = indices[kind] {
            groups[index].count += 1
        } else if groups.count < Self.maximumGroups {
            indices[kind] = groups.count
            groups.append(Group(kind: kind, count: 1, example: example))
        } else {
            ungrouped += 1
        }
        return (kind, example)
    }
}

extension ReplayReport.Kind {
    init(_ record: RecordedDecision, _ outcome: ReplayOutcome, _ policy: Policy) {
        func name(_ index: Int?) -> String? { index.map { policy.rules[$0].name } }
        change = ReplayChange(record, outcome, policy)
        was = ReplayReport.Verdict(
            outcome: record.outcome,
            reason: record.reason,
            shadowReason: record.shadowReason,
            rule: record.rule
        )
        switch outcome {
        case .asRecorded: (becomes, rule, missing) = (was, nil, [])
        case .decided(let decision):
            becomes = ReplayReport.Verdict(
                outcome: decision.outcome,
                reason: decision.reason,
                shadowReason: decision.shadowReason,
                rule: name(decision.rule)
            )
            (rule, missing) = (nil, [])
        case .undetermined(let index, let lacking): (becomes, rule, missing) = (nil, name(index), lacking)
        }
    }
}

import Authorization
import Testing

@testable import Daemon

/// A log summed up in memory that does not grow with it.
@Suite struct ReplayReportTests {
    private let policy = Policy(issuers: [], rules: [])

    private func record(rule: String?) -> RecordedDecision {
        RecordedDecision(reason: .allowed, method: "GET", path: "/x", rule: rule)
    }

    @Test func decisions_that_change_in_one_way_are_one_group_with_the_first_as_its_example() throws {
        var report = ReplayReport()
        report.pass(isDamaged: false)
        for _ in 0..<3 { report.add(record(rule: "a"), .decided(Decision(.noRule)), policy) }
        report.pass(isDamaged: true)
        report.add(record(rule: "a"), .undetermined(rule: nil, [.wholePath]), policy)
        report.add(record(rule: "a"), .asRecorded, policy)
        #expect(report.lines == 7 && report.decisions == 5 && report.damaged == 1 && report.changed == 3)
        #expect(report.groups.map(\.count) == [3, 1, 1])
        #expect(report.groups.map(\.example.line) == [2, 6, 7])
        let first = try #require(report.groups.first)
        #expect(first.kind.change == .allowToDeny && first.kind.becomes?.reason == .noRule)
    }

    @Test func a_log_of_endless_rules_costs_bounded_memory_and_counts_on() {
        var report = ReplayReport()
        let all = ReplayReport.maximumGroups + 50
        for index in 0..<all { report.add(record(rule: "r\(index)"), .decided(Decision(.noRule)), policy) }
        #expect(report.groups.count == ReplayReport.maximumGroups)
        #expect(report.ungrouped == 50 && report.changed == all)
    }
}

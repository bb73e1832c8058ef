import Testing

/// Counts the cases by what they expect, and keeps the wrong ones.
struct SmugglingTally {
    private var counts: [String: Int] = [:]
    private var faults: [String] = []

    mutating func note(_ item: SmugglingCase, _ fault: String?) {
        counts[item.expect, default: 0] += 1
        if let fault { faults.append("\(item.id) (\(item.expect)): \(fault) — \(item.why)") }
    }

    func report(_ door: String) {
        let total = counts.values.reduce(0, +)
        let text = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        print("http-smuggling at the \(door): \(total) cases (\(text)), \(faults.count) wrong")
        #expect(total > 0)
        for fault in faults { Issue.record("\(door): \(fault)") }
    }
}

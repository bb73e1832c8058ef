/// How often who said what.
struct AgreementTally {
    private var counts: [String: Int] = [:]
    private var order: [String] = []

    mutating func count(_ what: String) {
        if counts[what] == nil { order.append(what) }
        counts[what, default: 0] += 1
    }

    subscript(what: String) -> Int { counts[what] ?? 0 }

    /// One line for each, in the order of their names.
    var lines: String { order.sorted().map { "  \(counts[$0] ?? 0)\t\($0)" }.joined(separator: "\n") }
}

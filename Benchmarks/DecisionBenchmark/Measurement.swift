import CAllocationCount

/// What one thing costs: the median of five passes, nanoseconds and heap allocations for each time it is done.
struct Measurement {
    let nanoseconds: Double
    let allocations: Double

    /// Does the things in turn, pass after pass, so that whatever else the machine does meets them alike.
    /// - Parameter things: each is told how often to do it, and does it.
    static func inTurn(rounds: Int, _ things: [(Int) throws -> Void]) throws -> [Measurement] {
        for thing in things { try thing(rounds / 10) }
        var passes = things.map { _ in [(Double, Double)]() }
        for _ in 0..<5 {
            for (index, thing) in things.enumerated() {
                let allocations = allocation_count()
                let elapsed = try ContinuousClock().measure { try thing(rounds) }
                let cost = Double(elapsed.components.seconds) * 1e9 + Double(elapsed.components.attoseconds) / 1e9
                passes[index].append(
                    (cost / Double(rounds), Double(allocation_count() - allocations) / Double(rounds))
                )
            }
        }
        return passes.map { pass in
            Measurement(
                nanoseconds: pass.map(\.0).sorted()[pass.count / 2],
                allocations: pass.map(\.1).sorted()[pass.count / 2]
            )
        }
    }

    /// One line of the report. - Parameter base: what the cost is set against.
    func line(_ name: String, against base: Measurement? = nil) -> String {
        let cost = "\(Self.rounded(nanoseconds, 10)) ns"
        let ratio = base.map { ", \(Self.rounded(nanoseconds / $0.nanoseconds, 100)) x" } ?? ""
        return "\(name): \(cost), \(Self.rounded(allocations, 100)) allocations\(ratio)"
    }

    private static func rounded(_ value: Double, _ grain: Double) -> Double { (value * grain).rounded() / grain }
}

package import Authorization
package import Gateways

/// One event loop's counters: plain integers, summed when somebody asks.
package struct DecisionCounters: Sendable {
    private static let reasons = Reason.allCases.count

    /// By door and reason.
    private var decisions = [UInt64](repeating: 0, count: Door.allCases.count * reasons)
    /// What rules in shadow mode would have denied for, by door and reason.
    private var shadows = [UInt64](repeating: 0, count: Door.allCases.count * reasons)
    /// How long batches of decisions took.
    package private(set) var latency = LatencyHistogram()

    package init() {}

    package mutating func count(_ decision: Decision, at door: Door) {
        decisions[Self.place(door, decision.reason)] &+= 1
        if let reason = decision.shadowReason { shadows[Self.place(door, reason)] &+= 1 }
    }

    /// - Parameter nanoseconds: how long `count` decisions took together.
    package mutating func observe(nanoseconds: UInt64, count: Int) { latency.observe(nanoseconds, count: count) }

    package func decisions(_ door: Door, _ reason: Reason) -> UInt64 { decisions[Self.place(door, reason)] }

    package func shadows(_ door: Door, _ reason: Reason) -> UInt64 { shadows[Self.place(door, reason)] }

    package mutating func add(_ other: DecisionCounters) {
        for index in decisions.indices { decisions[index] &+= other.decisions[index] }
        for index in shadows.indices { shadows[index] &+= other.shadows[index] }
        latency.add(other.latency)
    }

    private static func place(_ door: Door, _ reason: Reason) -> Int { door.position * reasons + reason.position }
}

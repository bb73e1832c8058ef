internal import Platform

/// How many decisions one event loop may still log in this second. Sans I/O.
struct DecisionLogBudget: Sendable, Equatable {
    enum Action: Equatable {
        case write
        /// The second is new: tell first that so many records were left out.
        case writeAfterSummary(suppressed: UInt64)
        /// One too many; the first one of its second starts the clock for the summary.
        case suppress(isFirst: Bool)
    }

    /// Records a second.
    let limit: Int
    private var windowStart = MonotonicTime(nanoseconds: .min)
    private var written = 0
    private var suppressed: UInt64 = 0

    private static let window: Int64 = 1_000_000_000

    init(limit: Int) { self.limit = limit }

    /// A decision is to be logged.
    mutating func ask(at now: MonotonicTime) -> Action {
        if now >= windowStart.advanced(byNanoseconds: Self.window) {
            windowStart = now
            written = 1
            let left = takeSuppressed()
            return left > 0 ? .writeAfterSummary(suppressed: left) : .write
        }
        guard written < limit else {
            suppressed += 1
            return .suppress(isFirst: suppressed == 1)
        }
        written += 1
        return .write
    }

    /// The records that were left out and not told of yet.
    mutating func takeSuppressed() -> UInt64 {
        defer { suppressed = 0 }
        return suppressed
    }
}

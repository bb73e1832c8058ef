/// The requests of one event loop that wait for a key, without the waiting: who may wait, what is asked for, who goes on.
/// Sans I/O; times are nanoseconds of the monotonic clock.
struct KeyWaitList {
    enum Answer: Equatable {
        /// Waiting would not help, or too many wait: decide with what there is.
        case refuse
        /// Wait under this ticket; `asks`: and ask for a search, which nobody here has done yet.
        case wait(ticket: UInt64, asks: Bool)
    }

    private var missing: MissingKeys
    /// The source that each ticket waits for.
    private var waiting: [UInt64: UInt64] = [:]
    /// Sources that were asked for and have not answered: one question for all that wait.
    private var asked: Set<UInt64> = []
    private var lastTicket: UInt64 = 0
    private let capacity: Int

    init(capacity: Int = 512, missing: MissingKeys = MissingKeys()) {
        self.capacity = capacity
        self.missing = missing
    }

    var count: Int { waiting.count }

    /// A request lacks a key.
    /// - Parameter mayHelp: whether a search is on its way or may begin.
    mutating func wants(_ key: MissingKeys.Key, mayHelp: Bool, now: Int64) -> Answer {
        guard mayHelp, waiting.count < capacity, !missing.contains(key, now: now) else { return .refuse }
        lastTicket &+= 1
        waiting[lastTicket] = key.source
        return .wait(ticket: lastTicket, asks: asked.insert(key.source).inserted)
    }

    /// A question was answered. - Returns: the tickets that go on, in the order in which they came.
    mutating func answered(_ source: UInt64) -> [UInt64] {
        asked.remove(source)
        let tickets = waiting.filter { $0.value == source }.keys.sorted()
        for ticket in tickets { waiting[ticket] = nil }
        return tickets
    }

    /// The time of a ticket is over, or its connection is gone. - Returns: whether it still waited.
    mutating func left(_ ticket: UInt64) -> Bool { waiting.removeValue(forKey: ticket) != nil }

    /// A request that waited for its answer lacks the key all the same.
    mutating func missed(_ key: MissingKeys.Key, now: Int64, lifetime: Int64) {
        missing.insert(key, now: now, lifetime: lifetime)
    }
}

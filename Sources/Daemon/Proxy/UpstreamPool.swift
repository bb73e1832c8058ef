/// The connections of one event loop to one upstream, without their I/O: which is idle, who gets it, who waits. Slots are
/// numbers from 0; tickets name those who wait.
struct UpstreamPool: Equatable {
    enum Acquisition: Equatable {
        /// An idle connection is the caller's now.
        case reuse(slot: Int)
        /// Open a connection for the caller.
        case connect(slot: Int)
        /// All are busy: wait, and leave with `cancel`.
        case queue(ticket: UInt64)
        /// All are busy, and too many wait.
        case refuse
    }

    enum Action: Equatable {
        case none
        /// Close the connection, then report `closed`.
        case close
        /// The connection belongs to the one who waits under this ticket.
        case handOver(ticket: UInt64)
        /// Open a connection for the one who waits under this ticket.
        case connect(slot: Int, ticket: UInt64)
    }

    private enum Slot: Equatable {
        case free
        case connecting
        case busy
        case idle
        case closing
    }

    private var slots: [Slot] = []
    private var freeSlots: [Int] = []
    /// The one that was used last on top: the others grow old and are closed.
    private var idle: [Int] = []
    private var waiting: [UInt64] = []
    private var nextTicket: UInt64 = 0

    var idleCount: Int { idle.count }
    var waitingCount: Int { waiting.count }
    /// All connections, those that are being opened or closed included.
    var count: Int { slots.count - freeSlots.count }

    /// Somebody needs a connection.
    /// - Parameters:
    ///   - fresh: an idle one will not do.
    ///   - limit: connections at most, and as many may wait.
    mutating func acquire(fresh: Bool, limit: Int) -> Acquisition {
        if !fresh, let slot = idle.popLast() {
            slots[slot] = .busy
            return .reuse(slot: slot)
        }
        if count < limit { return .connect(slot: open()) }
        guard waiting.count < limit else { return .refuse }
        nextTicket += 1
        waiting.append(nextTicket)
        return .queue(ticket: nextTicket)
    }

    /// The one with this ticket does not wait any more.
    mutating func cancel(ticket: UInt64) {
        waiting.removeAll { $0 == ticket }
    }

    /// The connection was opened, and is used at once.
    mutating func connected(_ slot: Int) {
        guard isState(slot, .connecting) else { return }
        slots[slot] = .busy
    }

    /// The connection is not used any more.
    mutating func released(_ slot: Int, isReusable: Bool) -> Action {
        guard isState(slot, .busy) else { return .none }
        guard isReusable else {
            slots[slot] = .closing
            return .close
        }
        if waiting.isEmpty {
            slots[slot] = .idle
            idle.append(slot)
            return .none
        }
        return .handOver(ticket: waiting.removeFirst())
    }

    /// The connection is closed, or could not be opened. Whoever waits next gets a new one.
    mutating func closed(_ slot: Int) -> Action {
        guard slots.indices.contains(slot) else { return .none }
        switch slots[slot] {
        case .free: return .none
        case .idle: idle.removeAll { $0 == slot }
        case .connecting, .busy, .closing: break
        }
        slots[slot] = .free
        freeSlots.append(slot)
        if waiting.isEmpty { return .none }
        return .connect(slot: open(), ticket: waiting.removeFirst())
    }

    private mutating func open() -> Int {
        if let slot = freeSlots.popLast() {
            slots[slot] = .connecting
            return slot
        }
        slots.append(.connecting)
        return slots.count - 1
    }

    private func isState(_ slot: Int, _ state: Slot) -> Bool {
        slots.indices.contains(slot) && slots[slot] == state
    }
}

internal import Platform
internal import Synchronization

/// What every event loop may know of one remote key source without asking: whether a search could help now. It keeps a flood
/// of tokens with unknown keys from becoming a flood of questions to the control loop.
package final class RemoteKeyGate: Sendable {
    /// Names the source as long as the process lives.
    let id: UInt64
    private let isFetching = Atomic<Bool>(false)
    /// Nanoseconds of the monotonic clock.
    private let nextSearch = Atomic<Int64>(0)

    private static let ids = Atomic<UInt64>(0)

    init() { id = Self.ids.add(1, ordering: .relaxed).newValue }

    /// Whether a fetch is on its way, or one may begin.
    func mayHelp(now: Int64) -> Bool {
        isFetching.load(ordering: .relaxed) || now >= nextSearch.load(ordering: .relaxed)
    }

    /// On the control loop. What loops see a moment too late costs a question too many or a search too few.
    func update(_ schedule: RemoteKeySchedule) {
        nextSearch.store(schedule.nextSearch.nanoseconds, ordering: .relaxed)
        isFetching.store(schedule.flight != nil, ordering: .relaxed)
    }
}

/// How an event loop deals with one issuer's unknown keys.
package struct RemoteKeyAccess: Sendable {
    let gate: RemoteKeyGate
    /// How long a request waits at most, in nanoseconds.
    let wait: Int64
    /// How long a key that was not found is not searched for again, in nanoseconds.
    let missingLifetime: Int64
    /// Asks the control loop for a search; from any thread. It answers all loops with `WorkerGroup.release`.
    let ask: @Sendable (_ source: UInt64) -> Void
}

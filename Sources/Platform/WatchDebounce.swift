/// Turns a burst of changes into one check: after a short quiet, but not later than a limit after the first change,
/// so that someone who writes without pause cannot put the check off. A state machine: times come in, actions go out.
package struct WatchDebounce: Equatable, Sendable {
    /// What to do now.
    package enum Action: Equatable, Sendable {
        /// Nothing is pending.
        case none
        /// Come back with `tick` at this moment.
        case wait(until: MonotonicTime)
        /// Look at these paths now; nothing is pending any more.
        case check(Set<WatchedPath>)
    }

    private enum State: Equatable {
        case idle
        case pending(paths: Set<WatchedPath>, first: MonotonicTime, last: MonotonicTime)
    }

    /// Nanoseconds without a change before the check.
    package let quiet: Int64
    /// Nanoseconds after the first change of a burst at which the check comes in any case.
    package let limit: Int64
    private var state: State = .idle

    /// 20 ms of quiet, 100 ms at most: long enough for a writer who truncates and writes, short beside the 250 ms in
    /// which a new key must count.
    package init(quiet: Int64 = 20_000_000, limit: Int64 = 100_000_000) {
        self.quiet = quiet
        self.limit = limit
    }

    /// When `tick` has something to do; nil while nothing is pending.
    package var deadline: MonotonicTime? {
        switch state {
        case .idle: nil
        case .pending(_, let first, let last):
            min(last.advanced(byNanoseconds: quiet), first.advanced(byNanoseconds: limit))
        }
    }

    /// These paths may have changed.
    package mutating func changed(_ paths: Set<WatchedPath>, at now: MonotonicTime) -> Action {
        switch state {
        case .idle where paths.isEmpty:
            return .none
        case .idle:
            state = .pending(paths: paths, first: now, last: now)
        case .pending(let known, let first, let last):
            state = .pending(paths: known.union(paths), first: first, last: paths.isEmpty ? last : max(last, now))
        }
        return tick(at: now)
    }

    /// Time has passed.
    package mutating func tick(at now: MonotonicTime) -> Action {
        guard case .pending(let paths, _, _) = state, let deadline else { return .none }
        guard now >= deadline else { return .wait(until: deadline) }
        state = .idle
        return .check(paths)
    }
}

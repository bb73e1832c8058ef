internal import Platform

/// Whether a file may still be in the middle of being written. A secret that is long enough looks whole with its end
/// still missing, so content counts only after its file has been at rest for a moment. Sans I/O.
struct SettleTime: Equatable, Sendable {
    enum Action: Equatable {
        /// At rest: read it.
        case read
        /// Look again at this moment.
        case wait(until: MonotonicTime)
        /// It has been written without a pause for too long; say so, and go on looking.
        case giveUp(lookAgain: MonotonicTime)
    }

    /// How long a file must be at rest, in nanoseconds.
    static let rest: Int64 = 20_000_000
    /// How long restlessness is taken for an ordinary write, in nanoseconds.
    static let patience: Int64 = 1_000_000_000

    private var stamps: [FileStamp?] = []
    /// When these stamps were first seen.
    private var since = MonotonicTime(nanoseconds: 0)
    /// When the files were first seen restless.
    private var restlessSince: MonotonicTime?

    /// - Parameters:
    ///   - stamps: of everything that will be read; nil for what is missing, which has nothing half-written.
    ///   - wall: the clock that the stamps' times come from.
    mutating func look(_ stamps: [FileStamp?], now: MonotonicTime, wall: WallTime) -> Action {
        if stamps != self.stamps {
            self.stamps = stamps
            since = now
        }
        // The clock of a file server may differ from ours, and ours may be set: having seen it at rest counts as well.
        let seenUntil = since.advanced(byNanoseconds: Self.rest)
        let remaining = stamps.compactMap { stamp in stamp.map { Self.remaining($0.changed, wall) } }.max() ?? 0
        guard remaining > 0, now < seenUntil else {
            restlessSince = nil
            return .read
        }
        let next = min(seenUntil, now.advanced(byNanoseconds: remaining))
        let start = restlessSince ?? now
        restlessSince = start
        return now < start.advanced(byNanoseconds: Self.patience) ? .wait(until: next) : .giveUp(lookAgain: next)
    }

    /// Nanoseconds until a change at `changed` is old enough; a time in the future tells nothing of the age.
    private static func remaining(_ changed: WallTime, _ wall: WallTime) -> Int64 {
        guard changed.seconds >= wall.seconds - 1, changed.seconds <= wall.seconds + 1 else {
            return changed < wall ? 0 : rest
        }
        let age = (wall.seconds - changed.seconds) * 1_000_000_000 + Int64(wall.nanoseconds - changed.nanoseconds)
        return min(max(rest - age, 0), rest)
    }
}

internal import Platform

/// When watched files that are read together are to be read: once they are at rest, and not again while they are the
/// same. Sans I/O.
struct FileTurns: Equatable, Sendable {
    enum Action: Equatable {
        case nothing
        /// Look again at this moment.
        case wait(until: MonotonicTime)
        /// Read it, then call `done`.
        case read
        /// It is being written without a pause: say so, and look again at this moment.
        case giveUp(lookAgain: MonotonicTime)
    }

    private var settle = SettleTime()
    /// As they were when they were read last, or were going to be; nil: never.
    private var seen: [FileStamp?]?
    private var isReading = false
    /// Whether to look again after the reading that goes on.
    private var looksAgain = false

    init() {}

    /// For files that have been read already, and were like this then.
    init(read stamps: [FileStamp?]) { seen = stamps }

    /// For one file.
    mutating func look(_ stamp: FileStamp?, now: MonotonicTime, wall: WallTime, isForced: Bool = false) -> Action {
        look([stamp], now: now, wall: wall, isForced: isForced)
    }

    /// - Parameters:
    ///   - stamps: nil for a file that is not there, which is read at once, so that the reading tells why.
    ///   - isForced: whether to read them although they are the same.
    mutating func look(_ stamps: [FileStamp?], now: MonotonicTime, wall: WallTime, isForced: Bool = false) -> Action {
        guard !isReading else {
            looksAgain = true
            return .nothing
        }
        if stamps == seen, !stamps.contains(nil), !isForced { return .nothing }
        switch settle.look(stamps, now: now, wall: wall) {
        case .wait(let moment): return .wait(until: moment)
        case .giveUp(let moment): return .giveUp(lookAgain: moment)
        case .read:
            isReading = true
            seen = stamps
            return .read
        }
    }

    /// The reading is over. - Returns: whether to look again at once.
    mutating func done(isTransient: Bool) -> Bool {
        isReading = false
        if isTransient { seen = nil }
        defer { looksAgain = false }
        return looksAgain
    }
}

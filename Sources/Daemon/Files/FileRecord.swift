internal import Platform

/// How the readings of followed files went.
struct FileRecord: Equatable, Sendable {
    /// Readings by what came of them.
    private(set) var loaded: UInt64 = 0
    private(set) var failed: UInt64 = 0
    /// When what counts was read.
    private(set) var lastSuccess: WallTime?
    /// Why an older state counts; nil while all is well.
    private(set) var lastError: WatchedFileFailure?

    /// - Returns: whether the reading before had failed.
    mutating func succeeded(at now: WallTime) -> Bool {
        loaded &+= 1
        lastSuccess = now
        defer { lastError = nil }
        return lastError != nil
    }

    /// - Returns: whether the cause is new: it is said once, however often it is found.
    mutating func failed(_ failure: WatchedFileFailure) -> Bool {
        failed &+= 1
        defer { lastError = failure }
        return failure != lastError
    }
}

package import Platform

/// How the list of revocations stands, for the admin endpoint.
package struct RevocationStatus: Sendable, Equatable {
    /// The path.
    package let place: String
    /// Entries that count.
    package let entries: Int
    /// When the list that counts was read.
    package let lastSuccess: WallTime?
    /// Why the last good list is in use; nil while all is well.
    package let lastError: WatchedFileFailure?
    /// Readings by what came of them.
    package let loaded: UInt64
    package let failed: UInt64

    package init(
        place: String,
        entries: Int,
        lastSuccess: WallTime?,
        lastError: WatchedFileFailure?,
        loaded: UInt64,
        failed: UInt64
    ) {
        self.place = place
        self.entries = entries
        self.lastSuccess = lastSuccess
        self.lastError = lastError
        self.loaded = loaded
        self.failed = failed
    }
}

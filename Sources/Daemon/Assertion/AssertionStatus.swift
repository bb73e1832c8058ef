/// How the key that signs assertions stands, for the admin endpoint. It holds no key.
package struct AssertionStatus: Sendable, Equatable {
    /// The path of the key file.
    package let place: String
    /// The names of the keys in the published set, the signing key's first.
    package let keyIDs: [String]
    /// Why the last good key is in use; nil while all is well.
    package let lastError: WatchedFileFailure?
    /// Readings by what came of them.
    package let loaded: UInt64
    package let failed: UInt64

    package init(place: String, keyIDs: [String], lastError: WatchedFileFailure?, loaded: UInt64, failed: UInt64) {
        self.place = place
        self.keyIDs = keyIDs
        self.lastError = lastError
        self.loaded = loaded
        self.failed = failed
    }
}

package import Authorization
package import Platform

/// How one issuer's keys stand, for the admin endpoint. It names no key and holds none.
package struct KeySourceStatus: Sendable, Equatable {
    /// The issuer's name in the configuration.
    package let issuer: String
    /// The path or address that the keys come from.
    package let place: String
    package let health: KeyRotation.Health
    /// Keys of the source that count.
    package let current: Int
    /// Keys that have left the source and count until their overlap is over.
    package let retired: Int
    /// Rises with every change of the keys.
    package let generation: UInt64
    /// When the source was last read and good.
    package let lastSuccess: WallTime?
    /// When the current keys were taken up.
    package let lastChange: WallTime?
    /// Why the last good keys are in use; nil while all is well.
    package let lastError: KeySourceFailure?
    package let reloads: KeyReloadCounts
    /// nil for files.
    package let remote: RemoteKeyStatus?

    package init(
        issuer: String,
        place: String,
        health: KeyRotation.Health,
        current: Int,
        retired: Int,
        generation: UInt64,
        lastSuccess: WallTime?,
        lastChange: WallTime?,
        lastError: KeySourceFailure?,
        reloads: KeyReloadCounts,
        remote: RemoteKeyStatus? = nil
    ) {
        self.issuer = issuer
        self.place = place
        self.health = health
        self.current = current
        self.retired = retired
        self.generation = generation
        self.lastSuccess = lastSuccess
        self.lastChange = lastChange
        self.lastError = lastError
        self.reloads = reloads
        self.remote = remote
    }
}

extension KeySource {
    /// The state at `now`.
    func status(at now: Timestamp) -> KeySourceStatus {
        let entries = ring?.entries ?? []
        return KeySourceStatus(
            issuer: issuer,
            place: place,
            health: health,
            current: entries.count { $0.retiresAt == nil },
            retired: entries.count { entry in entry.retiresAt.map { now < $0 } ?? false },
            generation: generation,
            lastSuccess: record.lastSuccess,
            lastChange: record.lastChange,
            lastError: record.failure,
            reloads: record.counts,
            remote: remote.map { RemoteKeyStatus($0) }
        )
    }
}

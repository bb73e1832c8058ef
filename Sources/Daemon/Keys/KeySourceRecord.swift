internal import Platform

/// What has become of one source's checks, for status and metrics.
struct KeySourceRecord: Equatable, Sendable {
    private(set) var counts = KeyReloadCounts()
    /// When the source was last found good.
    private(set) var lastSuccess: WallTime?
    /// When the current keys were taken up.
    private(set) var lastChange: WallTime?
    /// Why it is bad now; nil while it is good.
    private(set) var failure: KeySourceFailure?

    mutating func loaded(at now: WallTime) {
        counts.loaded &+= 1
        lastSuccess = now
        lastChange = now
        failure = nil
    }

    mutating func unchanged(at now: WallTime) {
        counts.unchanged &+= 1
        lastSuccess = now
        failure = nil
    }

    /// Bad without having been read again.
    mutating func turned(_ failure: KeySourceFailure) { self.failure = failure }

    mutating func failed(_ failure: KeySourceFailure) {
        counts.failed &+= 1
        self.failure = failure
    }
}

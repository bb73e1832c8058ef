import Authorization
import Configuration
import Platform
import TestSupport

@testable import Daemon

/// One key source without an event loop, in a world whose wall clock is as late as it needs to be: every file is at rest.
struct KeySourceProbe {
    var source: KeySource
    /// Seconds that the wall clock is ahead.
    var ahead: Int64 = 10

    init(_ origin: KeySourceSettings.Source, overlap: Double = 0, minimum: Int? = nil) {
        source = KeySource(
            KeySettings.issuer(),
            KeySettings.keys(origin, overlap: overlap, minimum: minimum)
        )
    }

    mutating func check() -> KeySource.Outcome {
        let now = WallTime.now()
        return source.check(
            now: .now(),
            wall: WallTime(seconds: now.seconds + ahead, nanoseconds: now.nanoseconds)
        )
    }

    /// The code of the failure; nil where there was none.
    mutating func failure() -> KeySourceFailure.Code? {
        guard case .failed(let failure) = check() else { return nil }
        return failure.code
    }

    var secrets: [String] { source.ring?.currentSecrets ?? [] }
}

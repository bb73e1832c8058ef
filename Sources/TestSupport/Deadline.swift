internal import Foundation

/// A point in monotonic time after which waiting is given up.
///
/// Deadlines are there to end a test that hangs, never to assert how long something takes: the usual one is much longer
/// than anything that works needs.
package struct Deadline: Sendable {
    private let instant: ContinuousClock.Instant

    package init(after duration: Duration) {
        instant = ContinuousClock.now.advanced(by: duration)
    }

    /// The deadline of a single step, long enough for a loaded machine of two cores. `AUTHD_TEST_PATIENCE` multiplies it, for
    /// builds that are slower than others.
    package static var usual: Self { Self(after: .seconds(20 * patience)) }

    private static let patience = max(
        1,
        ProcessInfo.processInfo.environment["AUTHD_TEST_PATIENCE"].flatMap { Int($0) } ?? 1
    )

    package static func seconds(_ seconds: Int) -> Self { Self(after: .seconds(seconds)) }

    package var isPast: Bool { ContinuousClock.now >= instant }

    /// What is left, in milliseconds, rounded up, 0 when it is past. The unit and the range that `poll(2)` takes.
    package var remainingMilliseconds: Int32 {
        let left = ContinuousClock.now.duration(to: instant)
        guard left > .zero else { return 0 }
        let (seconds, attoseconds) = left.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
        return Int32(clamping: milliseconds)
    }
}

import Glibc

/// A moment of the clock that no one can set: what time limits, debouncing and drains are measured with. It is
/// `CLOCK_MONOTONIC`, the clock of SwiftNIO's `NIODeadline`, so the two can be converted by their nanoseconds.
package struct MonotonicTime: Hashable, Comparable, Sendable {
    /// Nanoseconds since an arbitrary start (boot, on Linux).
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The moment after `duration` nanoseconds; at the end of the scale it stays there.
    package func advanced(byNanoseconds duration: Int64) -> MonotonicTime {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(duration)
        guard overflow else { return MonotonicTime(nanoseconds: sum) }
        return MonotonicTime(nanoseconds: duration < 0 ? .min : .max)
    }

    package static func now() -> MonotonicTime {
        reading(CLOCK_MONOTONIC)
    }

    /// Blocks the thread until then; a signal may end it early. Never on an event loop.
    package func sleep() {
        let left = nanoseconds - Self.now().nanoseconds
        guard left > 0 else { return }
        var time = timespec(tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
        // The pointer lives for the call only.
        _ = unsafe nanosleep(&time, nil)
    }

    /// Nanoseconds of a clock of the kernel; 292 years fit.
    static func reading(_ clock: clockid_t) -> MonotonicTime {
        var moment = timespec()
        // The pointer lives for the call only. The call cannot fail for a clock that every Linux has.
        _ = unsafe clock_gettime(clock, &moment)
        return MonotonicTime(nanoseconds: Int64(moment.tv_sec) &* 1_000_000_000 &+ Int64(moment.tv_nsec))
    }
}

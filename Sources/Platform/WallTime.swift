import Glibc

/// A moment of the wall clock (UTC, POSIX seconds): what `exp`, `nbf` and `iat` are compared with. It may jump; never
/// measure a duration with it.
package struct WallTime: Hashable, Comparable, Sendable {
    /// Whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    package let seconds: Int64
    /// 0 ..< 1 000 000 000.
    package let nanoseconds: Int32

    package init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The same moment as fractional seconds, exact to about a microsecond.
    package var fractionalSeconds: Double { Double(seconds) + Double(nanoseconds) / 1e9 }

    package static func < (left: WallTime, right: WallTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// `CLOCK_REALTIME`, answered by the vDSO without entering the kernel.
    package static func now() -> WallTime {
        var moment = timespec()
        // The pointer lives for the call only. The call cannot fail for a clock that every Linux has.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &moment)
        return WallTime(moment)
    }

    init(_ raw: timespec) {
        self.init(seconds: Int64(raw.tv_sec), nanoseconds: Int32(truncatingIfNeeded: raw.tv_nsec))
    }
}

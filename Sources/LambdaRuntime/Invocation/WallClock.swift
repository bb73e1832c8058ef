internal import Glibc

/// The clocks of the kernel, in milliseconds.
package enum WallClock {
    /// Since 1970-01-01T00:00:00Z: what `exp`, `iat` and an invocation's deadline are counted in. It jumps after a freeze.
    package static func milliseconds() -> Int64 { reading(CLOCK_REALTIME) }

    /// Of the clock that no one can set: what time limits are measured with.
    static func steadyMilliseconds() -> Int64 { reading(CLOCK_MONOTONIC) }

    private static func reading(_ clock: clockid_t) -> Int64 {
        var moment = timespec()
        // Safe: the pointer lives for the call only. The call cannot fail for a clock that every Linux has.
        _ = unsafe clock_gettime(clock, &moment)
        return Int64(moment.tv_sec) &* 1000 &+ Int64(moment.tv_nsec) / 1_000_000
    }
}

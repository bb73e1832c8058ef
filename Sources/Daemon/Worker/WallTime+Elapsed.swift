internal import Platform

extension WallTime {
    /// Nanoseconds from this moment to a later one; 0 where the clock was set back in between.
    func nanoseconds(until later: WallTime) -> UInt64 {
        let difference = (later.seconds - seconds) * 1_000_000_000 + Int64(later.nanoseconds - nanoseconds)
        return UInt64(max(0, difference))
    }
}

import CSystemd

/// How often systemd wants to hear that the service lives (WatchdogSec=): WATCHDOG_USEC and WATCHDOG_PID.
package enum WatchdogPeriod {
    /// Nanoseconds between two pings at the most; nil where nobody wants any, or they are another process's. Call it in
    /// `main` before any thread: it removes the variables, so that children do not see them.
    package static func take() -> Int64? {
        var microseconds: UInt64 = 0
        // The pointer lives for the call.
        guard unsafe sd_watchdog_enabled(1, &microseconds) > 0 else { return nil }
        let (nanoseconds, overflow) = Int64(clamping: microseconds).multipliedReportingOverflow(by: 1000)
        return overflow ? .max : nanoseconds
    }
}

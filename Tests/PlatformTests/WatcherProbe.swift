import Glibc
import Testing

@testable import Platform

/// Drives a watcher as an event loop would: poll(2) on its descriptor with its own deadline, never a sleep.
struct WatcherProbe {
    let watcher: FileWatcher

    init(paths: Set<WatchedPath>) throws {
        watcher = FileWatcher(paths: paths)
        try #require(watcher.problem == nil, "\(watcher.problem?.description ?? "")")
    }

    /// Far more than ever needed: only a change that is never seen waits so long.
    static let patience: Int64 = 20_000_000_000

    /// The next actions; empty when nothing at all came.
    func nextActions(patience: Int64 = Self.patience) -> [WatchAction] {
        let end = MonotonicTime.now().advanced(byNanoseconds: patience)
        while true {
            let now = MonotonicTime.now()
            let actions = watcher.drain(now: now)
            if !actions.isEmpty || now >= end { return actions }
            wait(until: min(watcher.nextDeadline ?? end, end), now: now)
        }
    }

    /// Whether `path` is named for a check.
    func isChecked(_ path: WatchedPath) -> Bool {
        let end = MonotonicTime.now().advanced(byNanoseconds: Self.patience)
        while MonotonicTime.now() < end {
            let actions = nextActions()
            if actions.isEmpty { return false }
            for case .check(let paths) in actions where paths.contains(path) {
                return true
            }
        }
        return false
    }

    /// Takes what is still under way, until there is nothing left for `quiet` nanoseconds.
    func settle(quiet: Int64 = 60_000_000) {
        while !nextActions(patience: quiet).isEmpty {}
    }

    private func wait(until deadline: MonotonicTime, now: MonotonicTime) {
        let milliseconds = max(0, (deadline.nanoseconds - now.nanoseconds + 999_999) / 1_000_000)
        var descriptors = [pollfd(fd: watcher.fileDescriptor ?? -1, events: Int16(POLLIN), revents: 0)]
        _ = unsafe poll(&descriptors, 1, Int32(clamping: milliseconds))
    }
}

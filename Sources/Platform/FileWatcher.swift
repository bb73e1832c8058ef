import Glibc

/// Tells when files may have changed, through inotify. It has no thread and no timer: an event loop calls it when
/// `fileDescriptor` is readable and when `nextDeadline` has come. Not to be shared between threads.
///
/// It names paths only. Whether the content is another one is for the reader to see, and a poll at the caller's
/// interval (`recheck`) finds what inotify does not tell: network file systems, mounts, a kernel without it.
package final class FileWatcher {
    /// Readable when changes wait; nil where the kernel gave no inotify instance. It stays open as long as this object:
    /// give an event loop that closes what it reads a duplicate (`duplicateDescriptor`).
    package let fileDescriptor: Int32?
    /// Where relative paths begin.
    private let workingDirectory: String
    private var paths: Set<WatchedPath>
    private var table = WatchTable()
    private var debounce: WatchDebounce
    /// Why changes may go unseen; nil while all is well.
    package private(set) var problem: WatchError?

    /// The bytes of one read: some hundred events.
    private static let bufferSize = 16_384
    /// Reads per `drain`, so that somebody who floods a directory does not hold up the event loop.
    private static let readsPerDrain = 16
    /// How often the way is walked again because it changed while the watches were set.
    private static let attempts = 5

    /// Starts to watch. It never fails: where there is no inotify, `problem` says why, and polling is left.
    package init(paths: Set<WatchedPath>, debounce: WatchDebounce = WatchDebounce()) {
        self.paths = paths
        self.debounce = debounce
        workingDirectory = FilePath.absolute(".")
        let number = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        if number >= 0 {
            fileDescriptor = number
        } else {
            problem = WatchError(.unavailable, errorNumber: .last)
            fileDescriptor = nil
        }
        _ = arm()
    }

    deinit {
        if let fileDescriptor { _ = close(fileDescriptor) }
    }

    /// When to call `drain` although nothing is readable; nil while nothing is pending.
    package var nextDeadline: MonotonicTime? { debounce.deadline }

    /// A second descriptor of the same queue, owned by the caller; nil where there is none to be had.
    package func duplicateDescriptor() -> Int32? {
        guard let fileDescriptor else { return nil }
        let number = fcntl(fileDescriptor, F_DUPFD_CLOEXEC, 3)
        return number >= 0 ? number : nil
    }

    /// Takes what waits, without blocking, and what the time has made due. Call it when the descriptor is readable
    /// and at `nextDeadline`.
    package func drain(now: MonotonicTime) -> [WatchAction] {
        var changed: Set<WatchedPath> = []
        if let fileDescriptor {
            var buffer = [UInt8](repeating: 0, count: Self.bufferSize)
            for _ in 0..<Self.readsPerDrain {
                let count = FileDescriptor.read(fileDescriptor, into: &buffer)
                guard count > 0 else { break }
                changed.formUnion(affected(by: buffer.span.extracting(first: count)))
            }
        }
        return act(on: debounce.changed(changed, at: now))
    }

    /// As `drain`, for an event loop that has read the descriptor itself: `bytes` are whole events.
    package func receive(_ bytes: Span<UInt8>, now: MonotonicTime) -> [WatchAction] {
        act(on: debounce.changed(affected(by: bytes), at: now))
    }

    /// Sets all watches anew and has everything checked: for the caller's poll and for SIGHUP. It also finds out
    /// whether a problem is over.
    package func recheck() -> [WatchAction] {
        arm() + [.check(paths)]
    }

    /// Watches these paths from now on, and no others.
    package func replacePaths(_ paths: Set<WatchedPath>) -> [WatchAction] {
        self.paths = paths
        return recheck()
    }

    private func affected(by bytes: Span<UInt8>) -> Set<WatchedPath> {
        InotifyEvent.parse(bytes).reduce(into: []) { $0.formUnion(table.affected(by: $1, outOf: paths)) }
    }

    private func act(on action: WatchDebounce.Action) -> [WatchAction] {
        switch action {
        case .none, .wait:
            return []
        case .check(let changed):
            // First the watches, then the look: a change after this moment gives a new event, one before it is read.
            return arm() + [.check(changed.intersection(paths))]
        }
    }

    /// Sets the watches along today's way to every path and takes away the others.
    private func arm() -> [WatchAction] {
        guard let descriptor = fileDescriptor else { return [] }
        var failure: WatchError?
        var fresh = WatchTable()
        var plan = WatchPlan(for: paths, from: workingDirectory, entryAt: FileSystemEntry.at)
        for attempt in 1...Self.attempts {
            (fresh, failure) = Self.set(plan, on: descriptor)
            let again = WatchPlan(for: paths, from: workingDirectory, entryAt: FileSystemEntry.at)
            if again == plan { break }
            plan = again
            if attempt == Self.attempts { failure = failure ?? WatchError(.unsettled) }
        }
        for old in table.watches.subtracting(fresh.watches) {
            // EINVAL for one that the kernel has given up itself.
            _ = inotify_rm_watch(descriptor, old)
        }
        table = fresh
        return report(failure)
    }

    /// One action where the state of affairs has changed, none where it goes on.
    private func report(_ failure: WatchError?) -> [WatchAction] {
        defer { problem = failure }
        switch (problem, failure) {
        case (nil, let failure?): return [.degraded(failure)]
        case (_?, nil): return [.restored]
        case (let before?, let failure?) where before != failure: return [.degraded(failure)]
        case (nil, nil), (_?, _?): return []
        }
    }
}

internal import Glibc
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Platform

/// Tells on one event loop, the control loop, which files may have changed: by the kernel's events, and by a poll that
/// finds what those do not tell. All members must be called on that loop.
final class FileWatch {
    private let eventLoop: any EventLoop
    private let log: Logger
    /// What is watched.
    private(set) var paths: Set<WatchedPath>
    /// Called with paths that may have changed; nil before the start and after the end.
    private var onChange: ((Set<WatchedPath>) -> Void)?
    private var watcher: FileWatcher?
    /// Carries the watcher's events; nil where changes are found by polling only.
    private var channel: (any Channel)?
    private var timer: Scheduled<Void>?
    private var nextPoll = MonotonicTime(nanoseconds: .max)

    /// How often everything is looked at although nothing was seen, in nanoseconds: network file systems tell no changes.
    private static let pollInterval: Int64 = 5_000_000_000
    /// The same where nothing can be seen.
    private static let deafPollInterval: Int64 = 1_000_000_000

    /// - Parameter log: gets a line when changes may go unseen and when they no longer may.
    init(_ paths: Set<WatchedPath>, eventLoop: any EventLoop, log: Logger) {
        self.paths = paths
        self.eventLoop = eventLoop
        self.log = log
    }

    /// Watches from now on. What has changed before is for the caller to see.
    func start(onChange: @escaping (Set<WatchedPath>) -> Void) {
        eventLoop.preconditionInEventLoop()
        self.onChange = onChange
        let watcher = FileWatcher(paths: paths)
        self.watcher = watcher
        if let problem = watcher.problem { logDeaf(problem) }
        listen(to: watcher)
        nextPoll = .now().advanced(byNanoseconds: pollInterval)
        arm()
    }

    /// Stops watching; nothing is called any more.
    func stop() {
        eventLoop.preconditionInEventLoop()
        onChange = nil
        timer?.cancel()
        timer = nil
        watcher = nil
        channel?.close(promise: nil)
        channel = nil
    }

    /// Watches these paths from now on. Where they are others than before, all are reported as changed.
    func watch(_ paths: Set<WatchedPath>) {
        guard paths != self.paths else { return }
        self.paths = paths
        guard let watcher else { return }
        act(on: watcher.replacePaths(paths))
        arm()
    }

    /// Sets all watches anew and reports every path as changed: for SIGHUP.
    func recheck() {
        guard onChange != nil else { return }
        if let watcher { act(on: watcher.recheck()) } else { onChange?(paths) }
        arm()
    }

    private var pollInterval: Int64 {
        watcher?.problem == nil && channel != nil ? Self.pollInterval : Self.deafPollInterval
    }

    /// Has the event loop read the watcher's events.
    private func listen(to watcher: FileWatcher) {
        guard let descriptor = watcher.duplicateDescriptor() else { return }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        NIOPipeBootstrap(group: eventLoop)
            // The kernel gives whole events only, and an error where not even one fits.
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 16_384))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(WatchHandler(bound.value))
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
            .assumeIsolated()
            .whenComplete { [self] result in
                switch result {
                case .success(let channel): opened(channel)
                case .failure:
                    // Not taken, so still ours.
                    _ = Glibc.close(descriptor)
                    log.warning("file watch cannot be read; files are polled")
                }
            }
    }

    private func opened(_ channel: any Channel) {
        guard onChange != nil else { return channel.close(promise: nil) }
        self.channel = channel
        channel.closeFuture.assumeIsolated().whenComplete { [self] _ in
            guard onChange != nil, self.channel === channel else { return }
            self.channel = nil
            log.warning("file watch has ended; files are polled")
            arm()
        }
    }

    /// The watcher's descriptor gave these bytes.
    func received(_ bytes: Span<UInt8>) {
        guard let watcher else { return }
        act(on: watcher.receive(bytes, now: .now()))
        arm()
    }

    private func act(on actions: [WatchAction]) {
        for action in actions {
            switch action {
            case .check(let paths): if !paths.isEmpty { onChange?(paths) }
            case .degraded(let problem): logDeaf(problem)
            case .restored: log.notice("file watch restored")
            }
        }
    }

    private func logDeaf(_ problem: WatchError) {
        log.warning("files are polled, because changes may go unseen", metadata: ["error": "\(problem)"])
    }

    /// Sets the one timer to what comes first.
    private func arm() {
        timer?.cancel()
        timer = nil
        guard onChange != nil else { return }
        let next = min(nextPoll, watcher?.nextDeadline ?? nextPoll)
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(max(0, next.nanoseconds)))
        timer = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in onTimer() }
    }

    private func onTimer() {
        timer = nil
        let now = MonotonicTime.now()
        if now >= nextPoll {
            nextPoll = now.advanced(byNanoseconds: pollInterval)
            recheck()
        } else if let watcher {
            act(on: watcher.drain(now: now))
        }
        arm()
    }

    // MARK: For tests

    /// Nothing is polled any more, so that only the kernel's events can find a change.
    func stopPolling() {
        nextPoll = MonotonicTime(nanoseconds: .max)
        arm()
    }

    /// As on a kernel that tells no changes.
    func goDeaf(polls: Bool = true) {
        let channel = channel
        self.channel = nil
        channel?.close(promise: nil)
        watcher = nil
        nextPoll = polls ? .now() : MonotonicTime(nanoseconds: .max)
        arm()
    }
}

/// One event loop's.
@available(*, unavailable)
extension FileWatch: Sendable {}

package import Authorization
internal import Glibc
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Platform

extension KeySources {
    /// How often everything is read although nothing was seen, in nanoseconds: network file systems tell no changes.
    private static let pollInterval: Int64 = 5_000_000_000
    /// The same where nothing can be seen.
    private static let deafPollInterval: Int64 = 1_000_000_000
    /// A retirement that is further away is looked at again after this.
    private static let longestTimer: Int64 = 3_600_000_000_000

    /// Watches the sources from now on.
    /// - Parameter onChange: called on the control loop with one ring for each issuer whenever one has changed, also when
    ///   a retired key's time is over.
    package func start(onChange: @escaping ([KeyRing?]) -> Void) {
        eventLoop.preconditionInEventLoop()
        self.onChange = onChange
        watched = watchedPaths
        let watcher = FileWatcher(paths: watched)
        self.watcher = watcher
        if let problem = watcher.problem { logDeaf(problem) }
        listen(to: watcher)
        nextPoll = .now().advanced(byNanoseconds: pollInterval)
        // What has changed between loading and watching.
        checkSoon()
    }

    /// Stops watching; nothing is called any more.
    package func stop() {
        eventLoop.preconditionInEventLoop()
        onChange = nil
        timer?.cancel()
        timer = nil
        watcher = nil
        channel?.close(promise: nil)
        channel = nil
    }

    private var pollInterval: Int64 {
        watcher?.problem == nil && channel != nil ? Self.pollInterval : Self.deafPollInterval
    }

    private var watchedPaths: Set<WatchedPath> { sources.reduce(into: []) { $0.formUnion($1.watchedPaths) } }

    /// Has the control loop read the watcher's events.
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

    func act(on actions: [WatchAction]) {
        for action in actions {
            switch action {
            case .check(let paths):
                check(Set(sources.indices.filter { !sources[$0].watchedPaths.isDisjoint(with: paths) }))
            case .degraded(let problem): logDeaf(problem)
            case .restored: log.notice("file watch restored")
            }
        }
    }

    private func logDeaf(_ problem: WatchError) {
        log.warning("files are polled, because changes may go unseen", metadata: ["error": "\(problem)"])
    }

    /// Sets the one timer to what comes first.
    func arm() {
        timer?.cancel()
        timer = nil
        guard onChange != nil else { return }
        follow()
        let now = MonotonicTime.now()
        let moments = [nextPoll, watcher?.nextDeadline, pending.values.min(), retirement(now)].compactMap { $0 }
        guard let next = moments.min() else { return }
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(max(0, next.nanoseconds)))
        timer = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in onTimer() }
    }

    /// Watches what is there now: files of a directory come and go.
    private func follow() {
        let paths = watchedPaths
        guard let watcher, paths != watched else { return }
        watched = paths
        act(on: watcher.replacePaths(paths))
    }

    private func onTimer() {
        timer = nil
        let now = MonotonicTime.now()
        if now >= nextPoll {
            nextPoll = now.advanced(byNanoseconds: pollInterval)
            if let watcher { act(on: watcher.recheck()) } else { check(Set(sources.indices)) }
        } else if let watcher {
            act(on: watcher.drain(now: now))
        }
        check(Set(pending.filter { $0.value <= now }.keys))
        prune()
        arm()
    }

    /// When the next retired key is to be wiped; it has stopped counting by itself then.
    private func retirement(_ now: MonotonicTime) -> MonotonicTime? {
        guard let next = sources.compactMap(\.nextRetirement).min() else { return nil }
        let seconds = next.seconds - WallTime.now().fractionalSeconds
        // A millisecond more, so that rounding does not wake too early.
        let nanoseconds = Int64(exactly: (seconds * 1e9).rounded(.up)) ?? Self.longestTimer
        return now.advanced(byNanoseconds: min(max(nanoseconds, 0) + 1_000_000, Self.longestTimer))
    }

    private func prune() {
        let now = Timestamp(seconds: WallTime.now().fractionalSeconds)
        var isChanged = false
        for index in sources.indices { isChanged = sources[index].prune(now: now) || isChanged }
        if isChanged { onChange?(keyRings) }
    }
}

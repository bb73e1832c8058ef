package import Authorization
internal import NIOCore
internal import Platform

extension KeySources {
    /// A retirement that is further away is looked at again after this, in nanoseconds.
    private static let longestTimer: Int64 = 3_600_000_000_000

    /// Watches the sources from now on.
    /// - Parameter onChange: called on the control loop with one ring for each issuer whenever one has changed, also when
    ///   a retired key's time is over.
    /// - Parameter onFetched: called on the control loop when a question of an event loop (`RemoteKeyAccess.ask`) has its
    ///   answer, after `onChange` where there are new keys.
    package func start(
        onChange: @escaping ([KeyRing?]) -> Void,
        onFetched: @escaping (_ source: UInt64) -> Void = { _ in }
    ) {
        eventLoop.preconditionInEventLoop()
        self.onChange = onChange
        self.onFetched = onFetched
        let watch = FileWatch(watchedPaths, eventLoop: eventLoop, log: log)
        self.watch = watch
        watch.start { [weak self] paths in
            guard let self else { return }
            check(Set(sources.indices.filter { !self.sources[$0].watchedPaths.isDisjoint(with: paths) }))
            arm()
        }
        // What has changed between loading and watching.
        checkSoon()
    }

    /// Stops watching; nothing is called any more.
    package func stop() {
        eventLoop.preconditionInEventLoop()
        onChange = nil
        onFetched = nil
        onTried = nil
        timer?.cancel()
        timer = nil
        watch?.stop()
        watch = nil
    }

    private var watchedPaths: Set<WatchedPath> { sources.reduce(into: []) { $0.formUnion($1.watchedPaths) } }

    /// Sets the one timer to what comes first.
    func arm() {
        guard onChange != nil else { return }
        // Files of a directory come and go. This may check and come back here, so it comes first.
        watch?.watch(watchedPaths)
        timer?.cancel()
        timer = nil
        let now = MonotonicTime.now()
        guard let next = [pending.values.min(), retirement(now), nextFetch].compactMap({ $0 }).min() else { return }
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(max(0, next.nanoseconds)))
        timer = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in onTimer() }
    }

    private func onTimer() {
        timer = nil
        let now = MonotonicTime.now()
        check(Set(pending.filter { $0.value <= now }.keys))
        prune()
        fetchDue(now)
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

internal import Authorization
internal import Configuration
internal import Logging
package import NIOCore
internal import Platform

extension KeySources {
    /// How event loops deal with unknown keys: one for each issuer, in its order; nil for files.
    package var remoteKeys: [RemoteKeyAccess?] {
        let ask = ask
        return sources.map { source in
            guard case .remote(let settings) = source.settings.source, let remote = source.remote else { return nil }
            let cooldown = settings.cooldown.nanoseconds
                .multipliedReportingOverflow(by: RemoteKeySchedule.longestCooldown)
            return RemoteKeyAccess(
                gate: remote.gate,
                wait: settings.wait.nanoseconds,
                missingLifetime: cooldown.overflow ? .max : cooldown.partialValue,
                ask: ask
            )
        }
    }

    /// Calls `then` on the control loop when every remote source has been tried, well or not: within their time limits.
    /// At once where there is none.
    package func whenTried(_ then: @escaping () -> Void) {
        eventLoop.preconditionInEventLoop()
        onTried = then
        reportTried()
    }

    /// Ends the fetches that are on their way. Call it after `stop`, before the control loop ends.
    package func shutdown() -> EventLoopFuture<Void> {
        eventLoop.preconditionInEventLoop()
        stop()
        guard let fetcher else { return eventLoop.makeSucceededVoidFuture() }
        self.fetcher = nil
        return fetcher.shutdown()
    }

    /// When the next fetch is due, or the next last good set too old.
    var nextFetch: MonotonicTime? { sources.compactMap { $0.remote?.schedule.nextMoment }.min() }

    /// Fetches what is due, and drops what is too old.
    func fetchDue(_ now: MonotonicTime) {
        for index in sources.indices where sources[index].remote?.schedule.refresh(now: now) == true {
            fetch(index, .refresh)
        }
        var isChanged = false
        for index in sources.indices {
            guard let failure = sources[index].dropStale(now: now) else { continue }
            log.critical("keys dropped", metadata: metadata(of: sources[index], failure))
            isChanged = true
        }
        if isChanged { onChange?(keyRings) }
    }

    /// Fetches everything, due or not.
    func fetchAgain() {
        guard onChange != nil else { return }
        for index in sources.indices where sources[index].remote?.schedule.reload() == true { fetch(index, .reload) }
    }

    private func fetch(_ index: Int, _ cause: RemoteKeySchedule.Cause) {
        guard case .remote(let settings) = sources[index].settings.source, let remote = sources[index].remote else {
            return
        }
        sources[index].remote?.began(cause)
        log.debug("fetching keys", metadata: ["issuer": "\(sources[index].issuer)", "cause": "\(cause.rawValue)"])
        let fetcher = fetcher ?? RemoteKeyFetcher(eventLoop: eventLoop)
        self.fetcher = fetcher
        let id = remote.gate.id
        fetcher.fetch(settings, keySet: remote.keySet(now: .now())).assumeIsolated().whenComplete {
            [weak self] result in
            let failed = KeySourceFailure(.unreachable, settings.place, "cannot be reached")
            self?.fetched(id, result.mapError { $0 as? KeySourceFailure ?? failed })
        }
    }

    private func fetched(_ id: UInt64, _ result: Result<FetchedKeySet, KeySourceFailure>) {
        guard onChange != nil else { return }
        if let index = index(of: id) {
            let before = sources[index].record.failure
            let (outcome, skipped) = sources[index].fetched(result, now: .now(), wall: .now(), using: &dice)
            let isChanged = note(outcome, of: index, before: before)
            if isChanged, skipped > 0 {
                var metadata = metadata(of: sources[index])
                metadata["skipped"] = .stringConvertible(skipped)
                log.notice("keys passed over, since they cannot serve the issuer", metadata: metadata)
            }
            if isChanged { onChange?(keyRings) }
        }
        // After the new keys, so that who waits is decided with them.
        onFetched?(id)
        reportTried()
        arm()
    }

    private func reportTried() {
        guard let onTried, sources.allSatisfy({ $0.remote?.hasBeenTried ?? true }) else { return }
        self.onTried = nil
        onTried()
    }

    // MARK: Questions of event loops

    private var ask: @Sendable (UInt64) -> Void {
        let reference = NIOLoopBound(Reference(self), eventLoop: eventLoop)
        let loop = eventLoop
        return { source in loop.execute { reference.value.sources?.search(source) } }
    }

    /// A token names a key that the source does not have.
    private func search(_ id: UInt64) {
        guard onChange != nil else { return }
        // Whoever asks is answered, also where the source is gone: it would wait in vain.
        guard let index = index(of: id), let answer = sources[index].remote?.schedule.search(now: .now()) else {
            onFetched?(id)
            return
        }
        switch answer {
        case .fetch: fetch(index, .search)
        case .join: break
        case .tooSoon: onFetched?(id)
        }
    }

    private func index(of id: UInt64) -> Int? { sources.firstIndex { $0.remote?.gate.id == id } }

    /// Event loops hold no key sources alive.
    private final class Reference {
        weak var sources: KeySources?

        init(_ sources: KeySources) { self.sources = sources }
    }
}

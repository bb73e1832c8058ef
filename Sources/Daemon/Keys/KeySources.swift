package import Authorization
package import Configuration
package import Logging
package import NIOCore
internal import Platform

/// The keys of all issuers: loaded at start, watched, read again when their files change, fetched where they are remote,
/// and published whole.
///
/// Everything happens on one event loop, the control loop, which reads files and may block for it; never use a loop that
/// serves requests. All members but `init` must be called on it.
package final class KeySources {
    let eventLoop: any EventLoop
    let log: Logger
    /// One for each issuer of the policy, in its order.
    var sources: [KeySource]
    /// Sources to look at again, by index, and when.
    var pending: [Int: MonotonicTime] = [:]
    /// Tells when files may have changed; nil before the start and after the end.
    var watch: FileWatch?
    /// For what is due without a change: pending sources, retired keys.
    var timer: Scheduled<Void>?
    /// Called with all rings when any has changed; nil before the start and after the end.
    var onChange: (([KeyRing?]) -> Void)?
    /// Called when a search for unknown keys is over, with the source's name.
    var onFetched: ((UInt64) -> Void)?
    /// Called once, when every remote source has been tried.
    var onTried: (() -> Void)?
    /// nil: nothing has been fetched yet.
    var fetcher: RemoteKeyFetcher?
    // A box, because the generator itself takes no room: two of two threads would be at one address for ThreadSanitizer.
    var dice: any RandomNumberGenerator = SystemRandomNumberGenerator()

    /// - Parameters:
    ///   - eventLoop: the control loop.
    ///   - log: gets a line when keys are loaded, when a source goes bad and when it is good again.
    package init(_ settings: Settings, eventLoop: any EventLoop, log: Logger) {
        self.eventLoop = eventLoop
        self.log = log
        sources = Self.sources(settings)
    }

    private static func sources(_ settings: Settings) -> [KeySource] {
        zip(settings.policy.issuers, settings.keySources).map { KeySource($0, $1) }
    }

    /// One ring for each issuer of the policy, in its order; nil: never loaded.
    package var keyRings: [KeyRing?] { sources.map(\.ring) }

    /// What the operator should know of the keys of all issuers.
    package var remarks: [KeySourceFailure] { sources.flatMap(\.remarks) }

    /// How the keys stand, in the issuers' order.
    package var status: [KeySourceStatus] {
        let now = Timestamp(seconds: WallTime.now().fractionalSeconds)
        return sources.map { $0.status(at: now) }
    }

    /// Reads every source. Waits for files that are being written, a second at most. Remote ones are fetched after `start`.
    /// - Returns: what is wrong with any of them; at start, do not go on unless it is empty.
    package func loadAll() -> [KeySourceFailure] {
        eventLoop.preconditionInEventLoop()
        var failures: [KeySourceFailure] = []
        for index in sources.indices {
            if sources[index].remote != nil { continue }
            if let failure = sources[index].loadPatiently() {
                failures.append(failure)
            } else {
                logLoaded(sources[index])
            }
        }
        return failures
    }

    /// Goes over to other settings, or, where a source that is new cannot be loaded, stays with the old ones.
    ///
    /// An issuer whose name, source and requirements are the same keeps its state: keys in their overlap, last good
    /// keys. Any other begins anew, without overlap. Does not call `onChange`: publish `keyRings` with the new policy.
    ///
    /// - Returns: what is wrong; not empty means that nothing has changed.
    package func update(_ settings: Settings) -> [KeySourceFailure] {
        eventLoop.preconditionInEventLoop()
        let now = Timestamp(seconds: WallTime.now().fractionalSeconds)
        var failures: [KeySourceFailure] = []
        var fresh: [KeySource] = []
        var loaded: [KeySource] = []
        for (issuer, keys) in zip(settings.policy.issuers, settings.keySources) {
            if var known = sources.first(where: { $0.serves(issuer, keys) }) {
                known.adopt(keys, now: now)
                fresh.append(known)
                continue
            }
            var source = KeySource(issuer, keys)
            if let failure = source.loadPatiently() { failures.append(failure) }
            fresh.append(source)
            loaded.append(source)
        }
        guard failures.isEmpty else { return failures }
        sources = fresh
        for source in loaded where source.remote == nil { logLoaded(source) }
        checkSoon()
        return []
    }

    /// Reads or fetches every source now, whatever the watches say: for SIGHUP. What has changed is given to `onChange`.
    package func reloadNow() {
        eventLoop.preconditionInEventLoop()
        watch?.recheck()
        check(Set(sources.indices))
        fetchAgain()
        arm()
    }

    func logLoaded(_ source: KeySource) {
        log.info("keys loaded", metadata: metadata(of: source))
        for remark in source.remarks {
            log.warning(
                "a key should be looked at",
                metadata: ["issuer": "\(source.issuer)", "path": "\(remark.path)", "error": "\(remark.message)"]
            )
        }
    }
}

/// One event loop's.
@available(*, unavailable)
extension KeySources: Sendable {}

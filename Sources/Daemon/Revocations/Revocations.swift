package import Authorization
package import Configuration
package import Logging
package import NIOCore
internal import NIOPosix
internal import Platform

/// The list of revoked tokens: followed, read again when its file changes, and published whole. A list that turns bad
/// changes nothing: the last good one stays.
///
/// It belongs to one event loop, the control loop, on which all members but `init` must be called. Lists are read on a
/// thread that lives as long as the reading, because a long one takes seconds.
package final class Revocations {
    private let eventLoop: any EventLoop
    private let log: Logger
    /// What is in use; nil where no list is configured.
    private var current: LoadedRevocations?
    /// The file of the present list.
    private var file: FollowedFiles?
    /// Called with the new table; nil before the start and after the end.
    private var onChange: ((RevocationTable) -> Void)?

    /// - Parameters:
    ///   - loaded: what was read at the start; nil where no list is configured.
    ///   - eventLoop: the control loop.
    ///   - log: gets a line when a list is taken up, when it goes bad and when it is good again.
    package init(_ loaded: LoadedRevocations?, eventLoop: any EventLoop, log: Logger) {
        self.eventLoop = eventLoop
        self.log = log
        take(loaded)
    }

    /// What decisions are to be made with; nil where no list is configured.
    package var table: RevocationTable? { current?.table }

    /// nil where no list is configured.
    package var status: RevocationStatus? {
        guard let current, let record = file?.record else { return nil }
        return RevocationStatus(
            place: current.source.path,
            entries: current.table.count,
            lastSuccess: record.lastSuccess,
            lastError: record.lastError,
            loaded: record.loaded,
            failed: record.failed
        )
    }

    /// Watches the list from now on.
    /// - Parameter onChange: called on the control loop with each new table.
    package func start(onChange: @escaping (RevocationTable) -> Void) {
        eventLoop.preconditionInEventLoop()
        self.onChange = onChange
        if let current { logLoaded("revocations loaded", current) }
        follow()
    }

    /// Stops watching; nothing is called any more.
    package func stop() {
        eventLoop.preconditionInEventLoop()
        onChange = nil
        file?.stop()
    }

    /// Reads the list again although nothing has changed: for SIGHUP.
    package func reloadNow() {
        file?.look(isForced: true)
    }

    /// Makes ready for other settings, without going over to them.
    /// - Parameter done: called on the control loop with what `adopt` takes, at once where there is nothing to read.
    package func prepare(
        _ settings: Settings,
        done: @escaping (Result<LoadedRevocations?, WatchedFileFailure>) -> Void
    ) {
        eventLoop.preconditionInEventLoop()
        guard let source = RevocationSource(settings) else { return done(.success(nil)) }
        if let current, current.source == source { return done(.success(current)) }
        onThread({ source.loadPatiently() }, then: { result in done(result.map { $0 }) })
    }

    /// Goes over to what was prepared. Does not call `onChange`: publish `table` with the new policy.
    package func adopt(_ prepared: LoadedRevocations?) {
        eventLoop.preconditionInEventLoop()
        // The same source may have been read once more since; then that is newer.
        guard prepared?.source != current?.source else { return }
        file?.stop()
        take(prepared)
        if let prepared { logLoaded("revocations loaded", prepared) }
        follow()
    }

    /// Goes over to a list that was read, or to none.
    private func take(_ loaded: LoadedRevocations?) {
        current = loaded
        file = loaded.map { loaded in
            FollowedFiles(
                [loaded.source.path],
                read: [loaded.stamp],
                record: file?.record ?? FileRecord(),
                complaint: "revocations not loaded, going on with the last good ones",
                eventLoop: eventLoop,
                log: log
            )
        }
        file?.ended()
    }

    private func follow() {
        guard onChange != nil else { return }
        file?.start { [weak self] in self?.read() }
    }

    private func read() {
        guard let file, let source = current?.source else { return }
        onThread(
            { source.load() },
            then: { [weak self] result in
                // A reading of a list that is no longer configured tells nothing.
                guard let self, onChange != nil, self.file === file else { return }
                finished(result, of: file)
            }
        )
    }

    private func finished(_ result: Result<LoadedRevocations, WatchedFileFailure>, of file: FollowedFiles) {
        switch result {
        case .failure(let failure): file.ended(failure)
        case .success(let loaded):
            current = loaded
            logLoaded(file.ended() ? "revocations recovered" : "revocations loaded", loaded)
            onChange?(loaded.table)
        }
    }

    private func logLoaded(_ message: Logger.Message, _ loaded: LoadedRevocations) {
        let entries = Logger.MetadataValue.stringConvertible(loaded.table.count)
        log.notice(message, metadata: ["path": "\(loaded.source.path)", "entries": entries])
    }

    /// Does something that blocks on a thread of its own, and tells the control loop.
    private func onThread<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value,
        then done: @escaping (Value) -> Void
    ) {
        let pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
        pool.runIfActive(eventLoop: eventLoop, work).assumeIsolated().whenComplete { result in
            pool.shutdownGracefully { _ in }
            // It only fails where the pool does not run.
            if case .success(let value) = result { done(value) }
        }
    }
}

/// One event loop's.
@available(*, unavailable)
extension Revocations: Sendable {}

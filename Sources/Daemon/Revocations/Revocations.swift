package import Authorization
package import Configuration
package import Logging
package import NIOCore
internal import NIOPosix
internal import Platform

/// The list of revoked tokens: watched, read again when its file changes, and published whole. A list that turns bad
/// changes nothing: the last good one stays.
///
/// It belongs to one event loop, the control loop, on which all members but `init` must be called. Lists are read on a
/// thread that lives as long as the reading, because a long one takes seconds.
package final class Revocations {
    private let eventLoop: any EventLoop
    private let log: Logger
    /// What is in use; nil where no list is configured.
    private var current: LoadedRevocations?
    private var turns: FileTurns
    private var watch: FileWatch?
    private var timer: Scheduled<Void>?
    /// Called with the new table; nil before the start and after the end.
    private var onChange: ((RevocationTable) -> Void)?
    /// Rises when another list is configured, so that a reading of the one before tells nothing.
    private var epoch = 0

    private var lastSuccess: WallTime?
    private var failure: WatchedFileFailure?
    private var loadedCount: UInt64 = 0
    private var failedCount: UInt64 = 0

    /// A list that is written without a pause is looked at again after this, in nanoseconds.
    private static let restlessInterval: Int64 = 100_000_000

    /// - Parameters:
    ///   - loaded: what was read at the start; nil where no list is configured.
    ///   - eventLoop: the control loop.
    ///   - log: gets a line when a list is taken up, when it goes bad and when it is good again.
    package init(_ loaded: LoadedRevocations?, eventLoop: any EventLoop, log: Logger) {
        self.eventLoop = eventLoop
        self.log = log
        current = loaded
        turns = FileTurns(read: loaded?.stamp)
        if loaded != nil { noteLoaded() }
    }

    /// What decisions are to be made with; nil where no list is configured.
    package var table: RevocationTable? { current?.table }

    /// nil where no list is configured.
    package var status: RevocationStatus? {
        current.map { current in
            RevocationStatus(
                place: current.source.path,
                entries: current.table.count,
                lastSuccess: lastSuccess,
                lastError: failure,
                loaded: loadedCount,
                failed: failedCount
            )
        }
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
        epoch += 1
        timer?.cancel()
        timer = nil
        watch?.stop()
        watch = nil
    }

    /// Reads the list again although nothing has changed: for SIGHUP.
    package func reloadNow() {
        eventLoop.preconditionInEventLoop()
        look(isForced: true)
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
        epoch += 1
        current = prepared
        turns = FileTurns(read: prepared?.stamp)
        failure = nil
        if let prepared {
            noteLoaded()
            logLoaded("revocations loaded", prepared)
        }
        follow()
    }

    /// Watches the present file, and looks at once for what has changed since it was read.
    private func follow() {
        watch?.stop()
        watch = nil
        guard onChange != nil, let current else { return }
        let watch = FileWatch([.file(current.source.path)], eventLoop: eventLoop, log: log)
        self.watch = watch
        watch.start { [weak self] _ in self?.look() }
        look()
    }

    private func look(isForced: Bool = false) {
        guard onChange != nil, let source = current?.source else { return }
        let now = MonotonicTime.now()
        switch turns.look(FileStamp(of: source.path), now: now, wall: .now(), isForced: isForced) {
        case .nothing: break
        case .wait(let moment): lookAgain(at: moment, isForced: isForced)
        case .giveUp:
            took(.failure(.unsettled(source.path)))
            lookAgain(at: now.advanced(byNanoseconds: Self.restlessInterval), isForced: isForced)
        case .read:
            let epoch = epoch
            onThread(
                { source.load() },
                then: { [weak self] result in
                    guard let self, self.epoch == epoch else { return }
                    finished(result)
                }
            )
        }
    }

    private func lookAgain(at moment: MonotonicTime, isForced: Bool) {
        timer?.cancel()
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(max(0, moment.nanoseconds)))
        timer = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
            self?.look(isForced: isForced)
        }
    }

    private func finished(_ result: Result<LoadedRevocations, WatchedFileFailure>) {
        if case .failure(let failure) = result, failure.code == .unsettled {
            // It changed while it was read; that tells nothing of it yet.
            _ = turns.done(isTransient: true)
            return lookAgain(at: MonotonicTime.now().advanced(byNanoseconds: SettleTime.rest), isForced: false)
        }
        let looksAgain = turns.done(isTransient: false)
        took(result)
        if looksAgain { look() }
    }

    private func took(_ result: Result<LoadedRevocations, WatchedFileFailure>) {
        switch result {
        case .success(let loaded):
            let wasBad = failure != nil
            current = loaded
            noteLoaded()
            logLoaded(wasBad ? "revocations recovered" : "revocations loaded", loaded)
            onChange?(loaded.table)
        case .failure(let failure):
            failedCount &+= 1
            // Once for each cause, however often it is found.
            if failure != self.failure {
                log.error(
                    "revocations not loaded, going on with the last good ones",
                    metadata: ["reason": "\(failure.code.rawValue)", "error": "\(failure)"]
                )
            }
            self.failure = failure
        }
    }

    private func noteLoaded() {
        loadedCount &+= 1
        lastSuccess = .now()
        failure = nil
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

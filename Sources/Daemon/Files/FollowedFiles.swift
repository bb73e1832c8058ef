internal import Logging
internal import NIOCore
internal import Platform

/// Files that are read together: watched, and read again once they have changed and are at rest. It knows when to read and
/// how the readings went; its owner reads, and keeps what was last good where that fails.
///
/// It belongs to one event loop, the control loop, on which all members but `init` must be called.
final class FollowedFiles {
    private let paths: [String]
    private let complaint: Logger.Message
    private let eventLoop: any EventLoop
    private let log: Logger
    private(set) var record: FileRecord
    private var turns: FileTurns
    private var watch: FileWatch?
    private var timer: Scheduled<Void>?
    /// Reads the files, now or elsewhere, and calls `ended`; nil before the start and after the end.
    private var read: (() -> Void)?

    /// Files that are written without a pause are looked at again after this, in nanoseconds.
    private static let restlessInterval: Int64 = 100_000_000

    /// - Parameters:
    ///   - paths: the first one is named where the files do not come to rest.
    ///   - stamps: of the files when they were read last; nil where they are to be read at the start.
    ///   - record: how they, or those before them, were read so far.
    ///   - complaint: the log's message where they turn bad.
    init(
        _ paths: [String],
        read stamps: [FileStamp?]? = nil,
        record: FileRecord = FileRecord(),
        complaint: Logger.Message,
        eventLoop: any EventLoop,
        log: Logger
    ) {
        self.paths = paths
        self.record = record
        self.complaint = complaint
        self.eventLoop = eventLoop
        self.log = log
        turns = stamps.map(FileTurns.init(read:)) ?? FileTurns()
    }

    /// Watches from now on, and looks at once for what has changed before.
    /// - Parameter read: see there. It is not called again before it has called `ended`.
    func start(_ read: @escaping () -> Void) {
        eventLoop.preconditionInEventLoop()
        self.read = read
        let watch = FileWatch(Set(paths.map { .file($0) }), eventLoop: eventLoop, log: log)
        self.watch = watch
        watch.start { [weak self] _ in self?.look() }
        look()
    }

    /// Stops watching; nothing is read any more.
    func stop() {
        eventLoop.preconditionInEventLoop()
        read = nil
        watch?.stop()
        watch = nil
        timer?.cancel()
        timer = nil
    }

    /// - Parameter isForced: whether to read them although they have not changed: for SIGHUP.
    func look(isForced: Bool = false) {
        guard let read else { return }
        let now = MonotonicTime.now()
        switch turns.look(paths.map { FileStamp(of: $0) }, now: now, wall: .now(), isForced: isForced) {
        case .nothing: break
        case .wait(let moment): look(at: moment, isForced: isForced)
        case .giveUp:
            note(.unsettled(paths[0]))
            look(at: now.advanced(byNanoseconds: Self.restlessInterval), isForced: isForced)
        case .read: read()
        }
    }

    /// A reading is over, by whomever it was begun.
    /// - Parameter failure: why what was read does not count; nil where it does.
    /// - Returns: whether it counts after a time in which the files were bad.
    @discardableResult
    func ended(_ failure: WatchedFileFailure? = nil) -> Bool {
        // They changed while they were read; that tells nothing of them yet.
        let isTransient = failure?.code == .unsettled
        let looksAgain = turns.done(isTransient: isTransient)
        if isTransient {
            look(at: MonotonicTime.now().advanced(byNanoseconds: SettleTime.rest), isForced: false)
            return false
        }
        defer { if looksAgain { look() } }
        if let failure {
            note(failure)
            return false
        }
        return record.succeeded(at: .now())
    }

    private func look(at moment: MonotonicTime, isForced: Bool) {
        guard read != nil else { return }
        timer?.cancel()
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(max(0, moment.nanoseconds)))
        timer = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
            self?.look(isForced: isForced)
        }
    }

    private func note(_ failure: WatchedFileFailure) {
        guard record.failed(failure) else { return }
        log.error(complaint, metadata: ["reason": "\(failure.code.rawValue)", "error": "\(failure)"])
    }
}

/// One event loop's.
@available(*, unavailable)
extension FollowedFiles: Sendable {}

package import Configuration
internal import JOSE
package import Logging
package import NIOCore
internal import Platform

/// The file with the key that signs assertions: followed, and read again when it changes. A file that turns bad changes
/// nothing: the last good key goes on signing.
///
/// It belongs to one event loop, the control loop, on which all members but `init` must be called. It reads a small file
/// and may block for it.
package final class AssertionKeyFile {
    private let eventLoop: any EventLoop
    private let log: Logger
    private var settings: AssertionSettings?
    /// nil where no assertions are configured.
    private var keys: AssertionKeys?
    private var file: FollowedFiles?
    /// Set to the end of an old key's time.
    private var timer: Scheduled<Void>?
    /// Called when the plan has changed; nil before the start and after the end.
    private var onChange: (() -> Void)?

    /// The largest key file, in bytes.
    private static let maximumBytes = 65_536

    /// - Parameters:
    ///   - eventLoop: the control loop.
    ///   - log: gets a line when a key is taken up, when the file goes bad and when it is good again.
    package init(eventLoop: any EventLoop, log: Logger) {
        self.eventLoop = eventLoop
        self.log = log
    }

    /// What assertions are made of now; nil where none are configured.
    package var plan: AssertionPlan? {
        guard let settings, let keys else { return nil }
        return AssertionPlan(settings, keys)
    }

    /// nil where no assertions are configured.
    package var status: AssertionStatus? {
        guard let settings, let keys, let record = file?.record else { return nil }
        return AssertionStatus(
            place: settings.keyFile,
            keyIDs: keys.keyIDs,
            lastError: record.lastError,
            loaded: record.loaded,
            failed: record.failed
        )
    }

    /// Goes over to other settings, or, where their key cannot be loaded, stays with the old ones. The keys that are in
    /// the set already keep their time. Does not call `onChange`.
    /// - Returns: why nothing has changed; nil where it has.
    package func update(_ new: AssertionSettings?) -> WatchedFileFailure? {
        guard let new else {
            settings = nil
            keys = nil
            file?.stop()
            file = nil
            arm()
            return nil
        }
        if let settings, keys != nil, settings.keyFile == new.keyFile {
            self.settings = new
            return nil
        }
        switch Self.load(new.keyFile) {
        case .failure(let failure): return failure
        case .success(let loaded):
            settings = new
            file?.stop()
            file = FollowedFiles(
                [new.keyFile],
                read: [loaded.stamp],
                record: file?.record ?? FileRecord(),
                complaint: "assertion key not loaded, going on with the last good one",
                eventLoop: eventLoop,
                log: log
            )
            take(loaded.key)
            follow()
            return nil
        }
    }

    /// Reads the key of a configuration without taking it up: for checks.
    package static func failure(_ settings: AssertionSettings?) -> WatchedFileFailure? {
        guard let settings, case .failure(let failure) = load(settings.keyFile) else { return nil }
        return failure
    }

    /// Watches the file from now on.
    /// - Parameter onChange: called on the control loop whenever `plan` has changed.
    package func start(onChange: @escaping () -> Void) {
        eventLoop.preconditionInEventLoop()
        self.onChange = onChange
        follow()
    }

    /// Stops watching; nothing is called any more.
    package func stop() {
        eventLoop.preconditionInEventLoop()
        onChange = nil
        file?.stop()
        arm()
    }

    /// Reads the file again although nothing has changed: for SIGHUP.
    package func reloadNow() { file?.look(isForced: true) }

    private struct Loaded {
        let key: PrivateKey
        let stamp: FileStamp?
    }

    private static func load(_ path: String) -> Result<Loaded, WatchedFileFailure> {
        let stamp = FileStamp(of: path)
        do throws(FileError) {
            let bytes = try SecureFile.read(path, limit: maximumBytes, policy: .secret)
            guard FileStamp(of: path) == stamp else { return .failure(.unsettled(path)) }
            let key = bytes.withSpan { bytes in Result { () throws(KeyError) in try PrivateKey(bytes) } }
            return key.map { Loaded(key: $0, stamp: stamp) }
                .mapError { WatchedFileFailure(.contentRefused, "cannot use \(path): \($0)") }
        } catch {
            return .failure(WatchedFileFailure(error))
        }
    }

    private func follow() {
        guard onChange != nil else { return }
        file?.start { [weak self] in self?.read() }
        prune()
    }

    private func read() {
        guard let settings else { return }
        switch Self.load(settings.keyFile) {
        case .failure(let failure): file?.ended(failure)
        case .success(let loaded): if take(loaded.key) { onChange?() }
        }
        prune()
    }

    private func prune() {
        if keys?.prune(now: .now()) == true { onChange?() }
        arm()
    }

    private func arm() {
        timer?.cancel()
        timer = nil
        guard onChange != nil, let next = keys?.nextRetirement else { return }
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(max(0, next.nanoseconds)))
        timer = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in self?.prune() }
    }

    /// - Returns: whether it is another key.
    @discardableResult
    private func take(_ key: PrivateKey) -> Bool {
        let wasBad = file?.ended() ?? false
        let lifetime = settings?.lifetime.nanoseconds ?? 0
        let isChanged = keys?.rotate(to: key, lifetime: lifetime, now: .now()) ?? true
        if keys == nil { keys = AssertionKeys(key) }
        if isChanged || wasBad {
            let metadata: Logger.Metadata = ["path": "\(settings?.keyFile ?? "")", "kid": "\(key.keyID)"]
            log.notice(wasBad ? "assertion key recovered" : "assertion key loaded", metadata: metadata)
        }
        return isChanged
    }
}

/// One event loop's.
@available(*, unavailable)
extension AssertionKeyFile: Sendable {}

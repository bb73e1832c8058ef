internal import Configuration
internal import Logging
internal import NIOCore
internal import Platform

/// The files of one certificate and its key: watched, and read again when they change. Files that turn bad change
/// nothing: the last good certificate goes on.
///
/// It belongs to the control loop, reads small files there and may block for them.
final class ListenerCertificateFile {
    let tls: ListenerTLS
    private let settings: TLSSettings
    private let eventLoop: any EventLoop
    private let log: Logger
    private var turns: FileTurns
    private var watch: FileWatch?
    private var timer: Scheduled<Void>?
    private var notAfter: Int64
    private var failure: WatchedFileFailure?
    private var loadedCount: UInt64 = 1
    private var failedCount: UInt64 = 0

    /// Files that are written without a pause are looked at again after this, in nanoseconds.
    private static let restlessInterval: Int64 = 100_000_000

    /// - Throws: why the files cannot be used.
    init(_ settings: TLSSettings, eventLoop: any EventLoop, log: Logger) throws(WatchedFileFailure) {
        self.settings = settings
        self.eventLoop = eventLoop
        self.log = log
        let certificate = try ListenerCertificate.load(settings)
        tls = ListenerTLS(certificate)
        notAfter = certificate.notAfter
        // Whatever came in while they were read is found at the start.
        turns = FileTurns()
    }

    func serves(_ other: TLSSettings) -> Bool {
        other.certificate == settings.certificate && other.key == settings.key
    }

    var status: ListenerCertificateStatus {
        ListenerCertificateStatus(
            place: settings.certificate,
            notAfter: notAfter,
            lastError: failure,
            loaded: loadedCount,
            failed: failedCount
        )
    }

    func start() {
        eventLoop.preconditionInEventLoop()
        let watch = FileWatch([.file(settings.certificate), .file(settings.key)], eventLoop: eventLoop, log: log)
        self.watch = watch
        watch.start { [weak self] _ in self?.look() }
        look()
    }

    func stop() {
        watch?.stop()
        watch = nil
        timer?.cancel()
        timer = nil
    }

    func look(isForced: Bool = false) {
        guard watch != nil else { return }
        let now = MonotonicTime.now()
        let stamps = [FileStamp(of: settings.certificate), FileStamp(of: settings.key)]
        switch turns.look(stamps, now: now, wall: .now(), isForced: isForced) {
        case .nothing: break
        case .wait(let moment): arm(moment)
        case .giveUp:
            failed(.unsettled(settings.certificate))
            arm(now.advanced(byNanoseconds: Self.restlessInterval))
        case .read: read()
        }
    }

    private func read() {
        do throws(WatchedFileFailure) {
            let certificate = try ListenerCertificate.load(settings)
            _ = turns.done(isTransient: false)
            tls.replace(certificate)
            notAfter = certificate.notAfter
            loadedCount &+= 1
            let message: Logger.Message = failure == nil ? "certificate loaded" : "certificate recovered"
            failure = nil
            log.notice(message, metadata: ["path": "\(settings.certificate)", "ends": "\(endText)"])
        } catch {
            let isTransient = error.code == .unsettled
            _ = turns.done(isTransient: isTransient)
            guard !isTransient else { return arm(MonotonicTime.now().advanced(byNanoseconds: SettleTime.rest)) }
            failed(error)
        }
    }

    private var endText: String { TimeText.rfc3339(WallTime(seconds: notAfter, nanoseconds: 0)) }

    private func arm(_ moment: MonotonicTime) {
        timer?.cancel()
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(max(0, moment.nanoseconds)))
        timer = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in self?.look() }
    }

    private func failed(_ failure: WatchedFileFailure) {
        failedCount &+= 1
        // Once for each cause, however often it is found.
        if failure != self.failure {
            log.error(
                "certificate not loaded, going on with the last good one",
                metadata: ["reason": "\(failure.code.rawValue)", "error": "\(failure)"]
            )
        }
        self.failure = failure
    }
}

/// The control loop's.
@available(*, unavailable)
extension ListenerCertificateFile: Sendable {}

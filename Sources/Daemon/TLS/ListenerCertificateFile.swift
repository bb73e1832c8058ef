internal import Configuration
internal import Logging
internal import NIOCore
internal import Platform

/// The files of one certificate and its key: followed, and read again when they change. Files that turn bad change
/// nothing: the last good certificate goes on.
///
/// It belongs to the control loop, reads small files there and may block for them.
final class ListenerCertificateFile {
    let tls: ListenerTLS
    private let settings: TLSSettings
    private let files: FollowedFiles
    private let log: Logger
    private var notAfter: Int64

    /// - Throws: why the files cannot be used.
    init(_ settings: TLSSettings, eventLoop: any EventLoop, log: Logger) throws(WatchedFileFailure) {
        self.settings = settings
        self.log = log
        let certificate = try ListenerCertificate.load(settings)
        tls = ListenerTLS(certificate)
        notAfter = certificate.notAfter
        // Whatever came in while they were read is found at the start.
        files = FollowedFiles(
            [settings.certificate, settings.key],
            complaint: "certificate not loaded, going on with the last good one",
            eventLoop: eventLoop,
            log: log
        )
        files.ended()
    }

    func serves(_ other: TLSSettings) -> Bool {
        other.certificate == settings.certificate && other.key == settings.key
    }

    var status: ListenerCertificateStatus {
        ListenerCertificateStatus(
            place: settings.certificate,
            notAfter: notAfter,
            lastError: files.record.lastError,
            loaded: files.record.loaded,
            failed: files.record.failed
        )
    }

    func start() { files.start { [weak self] in self?.read() } }

    func stop() { files.stop() }

    /// Reads the files again although nothing has changed: for SIGHUP.
    func reloadNow() { files.look(isForced: true) }

    private func read() {
        do throws(WatchedFileFailure) {
            let certificate = try ListenerCertificate.load(settings)
            tls.replace(certificate)
            notAfter = certificate.notAfter
            let message: Logger.Message = files.ended() ? "certificate recovered" : "certificate loaded"
            log.notice(message, metadata: ["path": "\(settings.certificate)", "ends": "\(endText)"])
        } catch {
            files.ended(error)
        }
    }

    private var endText: String { TimeText.rfc3339(WallTime(seconds: notAfter, nanoseconds: 0)) }
}

/// The control loop's.
@available(*, unavailable)
extension ListenerCertificateFile: Sendable {}

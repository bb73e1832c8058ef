internal import Configuration
internal import Logging
internal import NIOCore

/// The certificates of all listeners that speak TLS. The control loop's; listeners are the same until a restart.
final class ListenerCertificates {
    private let files: [ListenerCertificateFile]
    /// Everything that could not be loaded at the start; its listeners have no TLS then, and must not serve.
    let failures: [WatchedFileFailure]

    init(_ listeners: ListenersSettings, eventLoop: any EventLoop, log: Logger) {
        var files: [ListenerCertificateFile] = []
        var failures: [WatchedFileFailure] = []
        for settings in listeners.certificates where !files.contains(where: { $0.serves(settings) }) {
            do throws(WatchedFileFailure) {
                files.append(try ListenerCertificateFile(settings, eventLoop: eventLoop, log: log))
            } catch {
                failures.append(error)
            }
        }
        self.files = files
        self.failures = failures
    }

    /// What a listener with these settings begins its connections with.
    func tls(_ settings: TLSSettings) -> ListenerTLS? { files.first { $0.serves(settings) }?.tls }

    var status: [ListenerCertificateStatus] { files.map(\.status) }

    func start() { for file in files { file.start() } }

    func stop() { for file in files { file.stop() } }

    /// Reads the files again although nothing has changed: for SIGHUP.
    func reloadNow() { for file in files { file.reloadNow() } }
}

/// The control loop's.
@available(*, unavailable)
extension ListenerCertificates: Sendable {}

extension ListenersSettings {
    /// Of every listener that speaks TLS.
    var certificates: [TLSSettings] { (decision + proxy + admin).compactMap(\.tls) }
}

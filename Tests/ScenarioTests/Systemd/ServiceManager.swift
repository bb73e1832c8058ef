import Foundation
import Glibc
import TestSupport

/// Plays systemd for one daemon: holds the listening sockets, hears the notifications, and starts the program again over the
/// same sockets. What systemd really does with it is tested in a booted one (LabTests).
final class ServiceManager: Sendable {
    let directory: TemporaryDirectory
    let decision: SocketAddress
    let configurationFile: String
    private let listener: Int32
    private let notifications: DatagramSocket
    private let heard = Awaited<[String]>([])

    static let configuration = """
        listeners: { decision: [{ systemd: decision }] }
        event_loops: 2
        issuers:
          - name: main
            issuer: \(DaemonConfiguration.issuer)
            audiences: [\(DaemonConfiguration.audience)]
            algorithms: [HS256]
            keys: { credential: jwt }
        rules:
          - name: hello
            match: { path: /hello/** }
            require: { issuer: main }
        limits: { drain_timeout: 5s }
        log: { format: json }

        """

    /// - Parameter backlog: what Backlog= would say.
    init(_ configuration: String = configuration, backlog: Int32 = 4096) throws {
        directory = try TemporaryDirectory()
        try directory.makeDirectory("credentials")
        try directory.makeDirectory("control")
        try directory.write(DaemonConfiguration.secret + "\n", to: "credentials/jwt", mode: 0o400)
        configurationFile = try directory.write(configuration, to: "authd.yaml")
        decision = .unix(path: directory.file("decision.sock"))
        listener = try decision.listen(backlog: backlog)
        notifications = try DatagramSocket(directory.file("notify"))
        let (notifications, heard) = (notifications, heard)
        Thread.detachNewThread { [weak directory] in
            // Looks up now and then, so that it ends with the test.
            while directory != nil {
                guard let message = notifications.next(before: Deadline(after: .milliseconds(200))) else { continue }
                heard.update { $0 += message.split(separator: "\n").map(String.init) }
            }
        }
    }

    deinit { _ = close(listener) }

    /// The environment of the service, without LISTEN_PID, which only the child knows.
    func environment(_ more: [String: String] = [:]) -> [String: String] {
        var environment = ProcessInfo.processInfo.environment
        environment["NOTIFY_SOCKET"] = directory.file("notify")
        environment["LISTEN_FDS"] = "1"
        environment["LISTEN_FDNAMES"] = "decision"
        environment["CREDENTIALS_DIRECTORY"] = directory.file("credentials")
        environment["RUNTIME_DIRECTORY"] = directory.file("control")
        return environment.merging(more) { $1 }
    }

    /// What the service gets as descriptors 3 and up.
    var sockets: [Int32] { [listener] }

    /// Starts the service, as ExecStart= does.
    func start(_ more: [String: String] = [:]) throws -> RunningProcess {
        try RunningProcess(
            "/bin/sh",
            [
                "-c", "LISTEN_PID=$$ WATCHDOG_PID=$$ exec \"$0\" serve --config \"$1\"", BuiltProducts.program("authd"),
                configurationFile,
            ],
            environment: environment(more),
            passing: sockets
        )
    }

    /// `systemctl reload`, by ExecReload=.
    func reload() throws -> RunningProcess {
        try RunningProcess.run(BuiltProducts.program("authd"), ["reload"], environment: environment())
    }

    /// Every assignment that came, in order.
    var messages: [String] { heard.current }

    /// Waits until `select` finds something in what has come since `forget`.
    @discardableResult
    func first<Found>(
        _ what: String,
        before deadline: Deadline = .usual,
        _ select: ([String]) -> Found?
    ) throws -> Found {
        guard let found = heard.first(before: deadline, select) else {
            throw TestSupportError("systemd did not hear \(what); it heard \(messages)")
        }
        return found
    }

    func wait(for message: String, before deadline: Deadline = .usual) throws {
        try first(message, before: deadline) { $0.contains(message) ? true : nil }
    }

    /// The last status line that holds `text`.
    func status(containing text: String) throws -> String {
        try first("a status with \(text)") { $0.last { $0.hasPrefix("STATUS=") && $0.contains(text) } }
    }

    func forget() { heard.update { $0 = [] } }

    /// READY, RELOADING and STOPPING in the order in which they came.
    var states: [String] {
        messages.filter { $0 == "READY=1" || $0 == "RELOADING=1" || $0 == "STOPPING=1" }
    }
}

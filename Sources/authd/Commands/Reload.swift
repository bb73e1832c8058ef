internal import ArgumentParser
internal import Daemon
internal import Glibc
internal import Platform

/// `authd reload`.
struct Reload: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Have a running authd read its configuration again, and wait for the outcome.",
        discussion: """
            Example:
              ExecReload=/usr/bin/authd reload

            Exits with 0 when the new configuration counts. A configuration or key file that is refused changes nothing: \
            every reason is printed, and the exit code is 78. Only root and the user of authd may ask. Without systemd \
            send SIGHUP, which reloads too and tells nobody but the log.
            """
    )

    @Option(
        help: "The daemon's control socket. (default: control.sock in $RUNTIME_DIRECTORY, or /run/authd/control)",
        completion: .file()
    )
    var socket: String?

    /// Revocations that take long to read are waited for; a daemon that is stuck is not.
    private static let milliseconds: Int32 = 60_000

    func run() throws {
        let path = socket ?? Self.usualPath
        let answer: [UInt8]
        do throws(SystemError) {
            answer = try ControlCall.ask(path, ControlAnswer.question, milliseconds: Self.milliseconds)
        } catch {
            throw CommandFailure(.failed, "\(path): \(error); is authd running, with RuntimeDirectory= in its unit?")
        }
        guard let failures = ControlAnswer.failures(answer) else {
            throw CommandFailure(.failed, "authd ended, or did not let this user ask, before the reload was over")
        }
        guard failures.isEmpty else { throw CommandFailure(.configuration, failures.map(TerminalText.escaped)) }
        try Output.line("reloaded")
    }

    private static var usualPath: String {
        // The string is copied before anybody could change the environment.
        let folders = unsafe getenv("RUNTIME_DIRECTORY").map { unsafe String(cString: $0) }
        let first = folders?.split(separator: ":").first.map(String.init)
        return "\(first ?? "/run/authd/control")/control.sock"
    }
}

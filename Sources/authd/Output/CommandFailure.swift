internal import Daemon

/// Why a command did not do what it was asked to: what the process exits with, and one line or more for the operator. No
/// message holds a token, a secret or a part of one.
struct CommandFailure: Error {
    let code: Daemon.ExitCode
    let messages: [String]

    init(_ code: Daemon.ExitCode, _ messages: [String]) {
        self.code = code
        self.messages = messages
    }

    init(_ code: Daemon.ExitCode, _ message: String) {
        self.init(code, [message])
    }

    /// What the daemon's own loader refused.
    init(_ failure: StartFailure) {
        self.init(failure.exitCode, failure.messages)
    }
}

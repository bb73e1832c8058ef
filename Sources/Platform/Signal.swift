import Glibc

/// The signals that mean something to the daemon.
package enum Signal: Hashable, Sendable, CaseIterable {
    /// SIGHUP: read everything again.
    case hangUp
    /// SIGTERM: drain and end.
    case terminate
    /// SIGINT: Ctrl-C.
    case interrupt
    /// SIGUSR1.
    case user1
    /// SIGUSR2.
    case user2

    /// The number of the signal on this machine.
    package var number: Int32 {
        switch self {
        case .hangUp: SIGHUP
        case .terminate: SIGTERM
        case .interrupt: SIGINT
        case .user1: SIGUSR1
        case .user2: SIGUSR2
        }
    }

    /// The name that people type: `SIGHUP`.
    package var name: String {
        switch self {
        case .hangUp: "SIGHUP"
        case .terminate: "SIGTERM"
        case .interrupt: "SIGINT"
        case .user1: "SIGUSR1"
        case .user2: "SIGUSR2"
        }
    }
}

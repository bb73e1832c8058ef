/// What `authd` exits with (sysexits.h).
package enum ExitCode: Int32, Sendable {
    case ok = 0
    /// Denied, or the command failed.
    case failed = 1
    case usage = 64
    case `internal` = 70
    case noPermission = 77
    case configuration = 78
}

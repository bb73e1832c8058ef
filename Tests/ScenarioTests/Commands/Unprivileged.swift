import Glibc
import TestSupport

/// Runs the program as somebody who may not read what only root or the owner may.
enum Unprivileged {
    /// As `nobody` where the tests run as root; else as ourselves, where a file is not readable for another reason.
    static func run(_ arguments: [String]) throws -> RunningProcess {
        let program = try BuiltProducts.program("authd")
        guard geteuid() == 0 else { return try RunningProcess.run(program, arguments) }
        let identity = ["--reuid=65534", "--regid=65534", "--clear-groups"]
        return try RunningProcess.run(SystemTool.required("setpriv"), identity + [program] + arguments)
    }

    /// Takes a file away from `run`: its folder is closed to everybody but root.
    static func close(_ directory: TemporaryDirectory) {
        _ = unsafe chmod(directory.path, geteuid() == 0 ? 0o700 : 0)
    }

    static func open(_ directory: TemporaryDirectory) {
        _ = unsafe chmod(directory.path, 0o700)
    }
}

internal import Daemon
internal import Platform

extension CommandFailure {
    /// A file that could not be read or written by a command that has no configuration.
    init(_ error: FileError) {
        self.init(error.code == .permissionDenied || error.isRefusedWrite ? .noPermission : .failed, "\(error)")
    }
}

extension FileError {
    /// Whether the kernel said EPERM (1) or EACCES (13) to a write.
    fileprivate var isRefusedWrite: Bool {
        code == .writeFailed && [1, 13].contains(errorNumber?.rawValue)
    }
}

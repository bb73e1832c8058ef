import Glibc

/// The lock beside a Unix socket (`PATH.lock`), held by the process that owns the socket file: it closes the gap
/// between "is this socket dead?" and "delete it and bind". The kernel drops it when the process dies.
final class SocketLock {
    private let path: String
    private let descriptor: FileDescriptor

    /// Takes the lock without waiting.
    init(for address: UnixSocketAddress) throws(SocketError) {
        path = "\(address.path).lock"
        descriptor = try Self.acquire(path, for: address)
    }

    private static func acquire(_ path: String, for address: UnixSocketAddress) throws(SocketError) -> FileDescriptor {
        // More than one turn only where the holder deletes the file as it goes.
        for _ in 0..<10 {
            let number = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
            guard number >= 0 else { throw openError(.last, path: path, address: address) }
            let descriptor = FileDescriptor(owning: number)
            guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
                let detail = "another process owns this socket: it holds \(path)"
                throw SocketError(.inUse, address: address.text, detail: detail)
            }
            // Locked, but is it still the file that the next one will open?
            let named = FileStatus(ofPathItself: path)
            if let held = FileStatus(of: number), let named, held.isSameFile(as: named) { return descriptor }
        }
        throw SocketError(.failed, address: address.text, detail: "\(path) is replaced all the time")
    }

    private static func openError(_ cause: ErrorNumber, path: String, address: UnixSocketAddress) -> SocketError {
        let directory = FilePath.directory(of: path)
        switch cause.rawValue {
        case ENOENT, ENOTDIR:
            let detail = "the directory \(directory) is missing; create it, or use RuntimeDirectory="
            return SocketError(.directoryMissing, address: address.text, errorNumber: cause, detail: detail)
        case EACCES, EPERM, EROFS:
            let detail = "\(path) cannot be made; the user of authd must be able to write in \(directory)"
            return SocketError(.directoryNotWritable, address: address.text, errorNumber: cause, detail: detail)
        case EMFILE, ENFILE:
            return SocketError(.noDescriptors, address: address.text, errorNumber: cause, detail: "opening \(path)")
        default:
            return SocketError(.failed, address: address.text, errorNumber: cause, detail: "opening \(path)")
        }
    }

    /// Deletes the lock file. The lock itself ends with this object; whoever opened the file before will see that it
    /// is no longer the one with the name.
    func remove() {
        // The string lives for the call.
        _ = unsafe unlink(path)
    }
}

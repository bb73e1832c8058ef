import CPlatform
import Glibc

/// A listening Unix socket with the file that stands for it: made without stealing anybody's, removed without deleting
/// anybody's.
///
/// Not to be shared between threads. Keep it as long as the socket serves: it holds the lock beside the file.
package final class UnixSocketFile {
    package let path: String
    private let address: UnixSocketAddress
    private var lock: SocketLock?
    private var socket: Int32?
    /// The file as it was the moment it was made; nil before and after.
    private(set) var identity: FileStatus?

    /// Binds and listens.
    ///
    /// A socket file that nobody listens on any more is replaced. One that a live process listens on is an error, and
    /// so is anything at the path that is no socket: it is never deleted.
    ///
    /// - Parameters:
    ///   - path: at most 107 bytes.
    ///   - mode: permission bits of the file; whoever may write to it may connect.
    ///   - group: gid of the file; nil leaves the kernel's choice.
    ///   - backlog: connections that may wait for accept(2); the kernel cuts it to net.core.somaxconn.
    package init(path: String, mode: UInt32, group: UInt32? = nil, backlog: Int32 = 4096) throws(SocketError) {
        self.path = path
        address = try UnixSocketAddress(path: path)
        lock = try SocketLock(for: address)
        do throws(SocketError) {
            try clearThePath()
            try bindAndListen(mode: mode, group: group, backlog: backlog)
        } catch {
            remove()
            throw error
        }
    }

    deinit {
        if let socket { _ = close(socket) }
    }

    /// The listening socket, non-blocking and close-on-exec; it stays this object's. Nil once it was given away.
    package var fileDescriptor: Int32? { socket }

    /// Gives the listening socket to the caller, who closes it from then on. The file stays this object's: call
    /// `remove` after closing. Nil the second time.
    package func takeDescriptor() -> Int32? {
        defer { socket = nil }
        return socket
    }

    /// Whether the file at the path is still the one of this socket; false when somebody deleted or replaced it, so
    /// that no new client can come.
    package var isInPlace: Bool {
        guard let identity, let present = FileStatus(ofPathItself: path) else { return false }
        return present.isSameFile(as: identity)
    }

    /// Deletes the file, if it is still the one that was made here, and gives up the lock. Call it as soon as the
    /// socket accepts no more, so that a successor can start while this process drains. A second call does nothing.
    package func remove() {
        if isInPlace {
            // The string lives for the call. Nobody who respects the lock can have put another file there meanwhile.
            _ = unsafe unlink(path)
        }
        identity = nil
        lock?.remove()
        lock = nil
    }

    /// Makes sure that nothing is at the path, or says what is.
    private func clearThePath() throws(SocketError) {
        guard let present = FileStatus(ofPathItself: path) else {
            let cause = ErrorNumber.last
            if cause.rawValue == ENOENT { return }
            throw SocketError(.failed, address: address.text, errorNumber: cause, detail: "looking at the path")
        }
        guard present.kind == .socket else {
            let detail = "\(path) is \(present.kind), which is not deleted; choose another path or move it away"
            throw SocketError(.notSocket, address: address.text, detail: detail)
        }
        let probe = try SocketProbe.connect(to: address)
        switch probe {
        case .alive(let process):
            let who = process.map { "process \($0)" } ?? "another process"
            throw SocketError(.inUse, address: address.text, detail: "\(who) listens on it")
        case .unknown(let cause):
            let detail = "cannot tell whether another process listens on it, so it is left alone"
            throw SocketError(.inUse, address: address.text, errorNumber: cause, detail: detail)
        case .dead:
            // The string lives for the call.
            guard unsafe unlink(path) == 0 || errno == ENOENT else {
                let detail = "the socket file that a dead process left there cannot be deleted"
                throw SocketError(.directoryNotWritable, address: address.text, errorNumber: .last, detail: detail)
            }
        }
    }

    private func bindAndListen(mode: UInt32, group: UInt32?, backlog: Int32) throws(SocketError) {
        let number = Glibc.socket(AF_UNIX, authd_socket_stream | Self.flags, 0)
        guard number >= 0 else { throw failure("making a socket") }
        socket = number
        // The kernel gives the new file the mode of the socket less the umask: 0600 before anything else, without
        // touching the umask, which belongs to all threads.
        guard fchmod(number, 0o600) == 0 else { throw failure("setting the mode") }
        guard unsafe address.withSocketAddress({ unsafe bind(number, $0, $1) }) == 0 else { throw bindFailure() }
        identity = FileStatus(ofPathItself: path)
        // Owner before mode: at no moment may more people connect than in the end.
        if let group, unsafe lchown(path, UInt32.max, group) != 0 {
            throw failure("giving the file to gid \(group); the user of authd must be a member of that group")
        }
        guard unsafe chmod(path, mode & 0o777) == 0 else { throw failure("setting the mode of the file") }
        guard listen(number, backlog) == 0 else { throw failure("listen") }
    }

    private func bindFailure() -> SocketError {
        let cause = ErrorNumber.last
        let directory = FilePath.directory(of: path)
        switch cause.rawValue {
        case EACCES, EPERM, EROFS:
            let detail = "the user of authd must be able to write in \(directory)"
            return SocketError(.directoryNotWritable, address: address.text, errorNumber: cause, detail: detail)
        case EADDRINUSE:
            return SocketError(.inUse, address: address.text, errorNumber: cause, detail: "another process was faster")
        default:
            return SocketError(.failed, address: address.text, errorNumber: cause, detail: "binding")
        }
    }

    private func failure(_ detail: String) -> SocketError {
        let cause = ErrorNumber.last
        let code: SocketError.Code =
            switch cause.rawValue {
            case EMFILE, ENFILE: .noDescriptors
            case EACCES, EPERM: .permissionDenied
            case EAFNOSUPPORT: .familyUnsupported
            default: .failed
            }
        return SocketError(code, address: address.text, errorNumber: cause, detail: detail)
    }

    private static let flags = authd_socket_flags
}

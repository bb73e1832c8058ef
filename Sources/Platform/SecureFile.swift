import CPlatform
import Glibc

/// Reads whole small files in a way that neither blocks, nor trusts a name twice, nor takes a half for a whole.
package enum SecureFile {
    /// The content of the regular file at `path`, symbolic links followed.
    ///
    /// The file is opened once and everything is asked of that one descriptor, so a rename between check and read
    /// gives the old file or the new one and never a mixture. A fifo, device, directory or socket is refused without
    /// waiting for its other end. At most `limit` + 1 bytes are read.
    ///
    /// - Parameters:
    ///   - path: absolute, or relative to the working directory.
    ///   - limit: the largest content that is accepted, in bytes; 1 GiB at most.
    ///   - policy: what owner and permissions must be.
    /// - Throws: `FileError`; with `isTransient` where somebody went on writing: read again a little later.
    package static func read(_ path: String, limit: Int, policy: FilePolicy) throws(FileError) -> SecretBytes {
        let limit = max(0, min(limit, 1 << 30))
        // A single rename over the open file shows as a change, too; the next turn finds the new file at rest.
        for _ in 1..<attempts {
            do throws(FileError) {
                return try readOnce(path, limit: limit, policy: policy)
            } catch {
                guard error.isTransient else { throw error }
            }
        }
        return try readOnce(path, limit: limit, policy: policy)
    }

    private static let attempts = 3

    private static func readOnce(_ path: String, limit: Int, policy: FilePolicy) throws(FileError) -> SecretBytes {
        let descriptor = try open(path, policy: policy)
        guard let before = FileStatus(of: descriptor.number) else {
            throw FileError(.last, path: path, otherwise: .readFailed)
        }
        try check(before, path: path, limit: limit, policy: policy)

        let content = try readAll(descriptor.number, expecting: before, path: path, limit: limit)
        // Time stamps move by the kernel's tick, several milliseconds: a writer inside one tick shows in the second
        // reading, any other in the status.
        let again = try readAll(descriptor.number, expecting: before, path: path, limit: limit)
        guard let after = FileStatus(of: descriptor.number), after == before, again == content else {
            throw FileError(.changedWhileReading, path: path)
        }
        return content
    }

    static func open(_ path: String, policy: FilePolicy) throws(FileError) -> FileDescriptor {
        try requireUsable(path)
        // O_NONBLOCK: opening a fifo would wait for a writer, some devices for their hardware.
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
        var number: Int32 = -1
        if policy.refusesMagicLinks {
            // The pointer lives for the call only.
            number = unsafe authd_open_no_magic_links(path, flags)
        }
        // A seccomp filter older than openat2 answers ENOSYS or EPERM: the file itself is still checked below.
        if number < 0, !policy.refusesMagicLinks || errno == ENOSYS || errno == EPERM {
            number = unsafe Glibc.open(path, flags)
        }
        guard number >= 0 else { throw FileError(.last, path: path, otherwise: .readFailed) }
        return FileDescriptor(owning: number)
    }

    static func check(
        _ status: FileStatus,
        path: String,
        limit: Int,
        policy: FilePolicy
    ) throws(FileError) {
        guard status.kind == .regular else {
            throw FileError(.notRegularFile, path: path, detail: "it is \(status.kind)")
        }
        if policy.checksOwner, status.owner != 0, status.owner != geteuid() {
            throw FileError(.wrongOwner, path: path, detail: "it belongs to uid \(status.owner)")
        }
        if status.permissions & policy.refusedPermissions != 0 {
            let mode = String(status.permissions, radix: 8)
            throw FileError(.permissionsTooWide, path: path, detail: "its mode is 0\(mode)")
        }
        if status.size > Int64(limit) {
            throw FileError(.tooLarge, path: path, detail: "it has \(status.size) bytes, the limit is \(limit)")
        }
    }

    /// Reads from the start to the end, at most one byte more than may be there, so that growth shows.
    private static func readAll(
        _ descriptor: Int32,
        expecting status: FileStatus,
        path: String,
        limit: Int
    ) throws(FileError) -> SecretBytes {
        // A synthetic file system may give 0 as the size of a file that has content.
        let expected = status.size > 0 ? Int(clamping: status.size) : limit
        let bytes = try unsafe SecretBytes(capacity: expected + 1) { (room) throws(FileError) -> Int in
            try unsafe fill(room, upTo: expected + 1, from: descriptor, path: path)
        }
        if bytes.count > limit {
            throw FileError(.tooLarge, path: path, detail: "it has more than the limit of \(limit) bytes")
        }
        if status.size > 0, bytes.count != expected {
            throw FileError(.changedWhileReading, path: path)
        }
        return bytes
    }

    private static func fill(
        _ room: UnsafeMutableRawBufferPointer,
        upTo count: Int,
        from descriptor: Int32,
        path: String
    ) throws(FileError) -> Int {
        var filled = 0
        while filled < count {
            // `filled` < `count` <= the size of the room, so the range is inside it.
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[filled..<count])
            let got = unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(filled))
            if got == 0 { break }
            if got < 0 {
                let cause = ErrorNumber.last
                if cause.rawValue == EINTR { continue }
                throw FileError(cause, path: path, otherwise: .readFailed)
            }
            filled += got
        }
        return filled
    }

    /// C would cut a path at its first NUL and open another file.
    static func requireUsable(_ path: String) throws(FileError) {
        if path.isEmpty || path.utf8.contains(0) {
            throw FileError(.invalidPath, path: path.utf8.contains(0) ? "(a path with a NUL byte)" : "(an empty path)")
        }
    }
}

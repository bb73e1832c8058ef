import Glibc

/// Replaces a file so that every reader, and every crash, sees the old content or the new one and nothing between.
package enum AtomicFile {
    /// Puts `bytes` at `path`: a temporary file in the same directory, flushed to the disk, renamed over the old one.
    ///
    /// A symbolic link stays a link: the file at its end is replaced. Without rename permission in the directory
    /// there is no atomic way, and the file stays as it was.
    ///
    /// - Parameters:
    ///   - path: absolute, or relative to the working directory.
    ///   - bytes: the whole new content.
    ///   - permissions: mode and owner of the new file. It never has more than 0600 before its content is complete.
    package static func replace(
        _ path: String,
        with bytes: Span<UInt8>,
        permissions: FilePermissions = .likeExisting(otherwise: 0o600)
    ) throws(FileError) {
        try SecureFile.requireUsable(path)
        let target = try FilePath.followingLinks(path)
        let existing = FileStatus(ofPathItself: target)
        if let existing, existing.kind != .regular {
            throw FileError(.notRegularFile, path: path, detail: "it is \(existing.kind)")
        }

        let temporary = try temporaryName(beside: target, path: path)
        let descriptor = try create(temporary, path: path)
        do throws(FileError) {
            try write(bytes, to: descriptor.number, path: path)
            try apply(permissions, of: existing, to: descriptor.number, path: path)
            // Without this a power cut after the rename can leave an empty file under the good name.
            guard fsync(descriptor.number) == 0 else { throw FileError(.last, path: path, otherwise: .writeFailed) }
            // Both strings live for the call.
            guard unsafe rename(temporary, target) == 0 else {
                throw FileError(.last, path: path, otherwise: .writeFailed)
            }
        } catch {
            _ = unsafe unlink(temporary)
            throw error
        }
        flushDirectory(of: target)
    }

    private static func temporaryName(beside target: String, path: String) throws(FileError) -> String {
        guard let bytes = try? RandomBytes.plain(count: 8) else {
            throw FileError(.writeFailed, path: path, detail: "the kernel gives no random bytes")
        }
        let suffix = bytes.map { String($0, radix: 16) }.joined()
        // The leading dot hides it from those who read every file of a directory.
        return FilePath.join(FilePath.directory(of: target), ".\(FilePath.lastName(of: target)).\(suffix)")
    }

    private static func create(_ temporary: String, path: String) throws(FileError) -> FileDescriptor {
        // O_EXCL: nobody's file or link of that name is taken for ours.
        let number = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else {
            let detail = "in \(FilePath.directory(of: temporary))"
            throw FileError(.writeFailed, path: path, errorNumber: .last, detail: detail)
        }
        return FileDescriptor(owning: number)
    }

    private static func write(_ bytes: Span<UInt8>, to descriptor: Int32, path: String) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let rest = bytes.extracting(written...)
            // The span keeps the memory alive for the call.
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                let cause = ErrorNumber.last
                if cause.rawValue == EINTR { continue }
                throw FileError(.writeFailed, path: path, errorNumber: cause)
            }
            written += count
        }
    }

    private static func apply(
        _ permissions: FilePermissions,
        of existing: FileStatus?,
        to descriptor: Int32,
        path: String
    ) throws(FileError) {
        let mode: UInt32
        switch permissions {
        case .exactly(let exact):
            mode = exact
        case .likeExisting(let otherwise):
            mode = existing?.permissions ?? otherwise
            // The owner first: a change of owner clears bits of the mode. A file that its reader may no longer read
            // would be worse than an error.
            if let existing, fchown(descriptor, existing.owner, existing.group) != 0 {
                let detail = "giving the new file to uid \(existing.owner), gid \(existing.group)"
                throw FileError(.writeFailed, path: path, errorNumber: .last, detail: detail)
            }
        }
        guard fchmod(descriptor, mode) == 0 else {
            throw FileError(.writeFailed, path: path, errorNumber: .last, detail: "setting its mode")
        }
    }

    /// Makes the rename itself durable. Best effort: some file systems cannot flush a directory, and the content is
    /// in place either way.
    private static func flushDirectory(of target: String) {
        let number = unsafe open(FilePath.directory(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { return }
        let directory = FileDescriptor(owning: number)
        _ = fsync(directory.number)
    }
}

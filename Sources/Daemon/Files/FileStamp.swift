internal import Glibc
internal import Platform

/// What tells one state of a file from another without reading it.
struct FileStamp: Equatable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let modified: WallTime
    /// When content, name or permissions last changed; by the kernel's clock, and nobody can set it.
    let changed: WallTime
    let isRegular: Bool

    /// Symbolic links are followed; nil where there is nothing to look at.
    init?(of path: String) {
        var raw = stat()
        // Both pointers live for the call only.
        guard unsafe stat(path, &raw) == 0 else { return nil }
        device = UInt64(raw.st_dev)
        inode = UInt64(raw.st_ino)
        size = Int64(raw.st_size)
        modified = Self.time(raw.st_mtim)
        changed = Self.time(raw.st_ctim)
        isRegular = raw.st_mode & UInt32(S_IFMT) == UInt32(S_IFREG)
    }

    private static func time(_ raw: timespec) -> WallTime {
        WallTime(seconds: Int64(raw.tv_sec), nanoseconds: Int32(truncatingIfNeeded: raw.tv_nsec))
    }
}

import Glibc

/// What `fstat` and `lstat` tell, in Swift's own types, comparable as a whole.
struct FileStatus: Equatable {
    enum Kind: Equatable {
        case regular
        case directory
        case symbolicLink
        case socket
        case fifo
        case device
        case unknown
    }

    let device: UInt64
    let inode: UInt64
    let mode: UInt32
    let owner: UInt32
    let group: UInt32
    let size: Int64
    let modified: WallTime
    let changed: WallTime

    /// The permission bits, set-id and sticky bits included.
    var permissions: UInt32 { mode & 0o7777 }

    var kind: Kind {
        switch mode & UInt32(S_IFMT) {
        case UInt32(S_IFREG): .regular
        case UInt32(S_IFDIR): .directory
        case UInt32(S_IFLNK): .symbolicLink
        case UInt32(S_IFSOCK): .socket
        case UInt32(S_IFIFO): .fifo
        case UInt32(S_IFCHR), UInt32(S_IFBLK): .device
        default: .unknown
        }
    }

    /// The status of an open descriptor, nil and `errno` when the kernel refuses.
    init?(of descriptor: Int32) {
        var raw = stat()
        // The pointer lives for the call only.
        guard unsafe fstat(descriptor, &raw) == 0 else { return nil }
        self.init(raw)
    }

    /// The status of a path itself, a symbolic link not followed; nil and `errno` when the kernel refuses.
    init?(ofPathItself path: String) {
        var raw = stat()
        // Both pointers live for the call only.
        guard unsafe lstat(path, &raw) == 0 else { return nil }
        self.init(raw)
    }

    private init(_ raw: stat) {
        device = UInt64(raw.st_dev)
        inode = UInt64(raw.st_ino)
        mode = raw.st_mode
        owner = raw.st_uid
        group = raw.st_gid
        size = Int64(raw.st_size)
        modified = WallTime(raw.st_mtim)
        changed = WallTime(raw.st_ctim)
    }

    /// Whether both are the same file, whatever happened to its content.
    func isSameFile(as other: FileStatus) -> Bool {
        device == other.device && inode == other.inode
    }
}

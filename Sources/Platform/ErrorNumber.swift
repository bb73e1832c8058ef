import Glibc

/// An `errno` value with its name and plain words, without a call into the C library's locale.
package struct ErrorNumber: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: Int32

    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// What the last failed call of this thread left behind; read it before any other call.
    static var last: ErrorNumber { ErrorNumber(rawValue: errno) }

    /// The symbolic name, such as `EACCES`, or `errno 123` for one that has none here. Safe as a metric label.
    package var name: String { Self.known[rawValue]?.name ?? "errno \(rawValue)" }

    package var description: String {
        guard let (name, words) = Self.known[rawValue] else { return "errno \(rawValue)" }
        return "\(words) (\(name))"
    }

    private static let known: [Int32: (name: String, words: String)] = [
        EACCES: ("EACCES", "permission denied"),
        EADDRINUSE: ("EADDRINUSE", "address already in use"),
        EADDRNOTAVAIL: ("EADDRNOTAVAIL", "address not available on this machine"),
        EAFNOSUPPORT: ("EAFNOSUPPORT", "address family not supported"),
        EAGAIN: ("EAGAIN", "would block"),
        EBADF: ("EBADF", "bad file descriptor"),
        EBUSY: ("EBUSY", "resource busy"),
        ECONNREFUSED: ("ECONNREFUSED", "connection refused"),
        EDQUOT: ("EDQUOT", "disk quota used up"),
        EEXIST: ("EEXIST", "file exists"),
        EFBIG: ("EFBIG", "file too large"),
        EINTR: ("EINTR", "interrupted"),
        EINVAL: ("EINVAL", "invalid argument"),
        EIO: ("EIO", "input/output error"),
        EISDIR: ("EISDIR", "is a directory"),
        ELOOP: ("ELOOP", "too many levels of symbolic links"),
        EMFILE: ("EMFILE", "too many open files in this process"),
        ENAMETOOLONG: ("ENAMETOOLONG", "name too long"),
        ENFILE: ("ENFILE", "too many open files on this machine"),
        ENODEV: ("ENODEV", "no such device"),
        ENOENT: ("ENOENT", "no such file or directory"),
        ENOMEM: ("ENOMEM", "out of memory"),
        ENOSPC: ("ENOSPC", "no space left"),
        ENOSYS: ("ENOSYS", "not provided by this kernel"),
        ENOTDIR: ("ENOTDIR", "not a directory"),
        ENOTSOCK: ("ENOTSOCK", "not a socket"),
        ENXIO: ("ENXIO", "no such device or address"),
        EPERM: ("EPERM", "operation not permitted"),
        EROFS: ("EROFS", "read-only file system"),
        ESRCH: ("ESRCH", "no such process"),
        ESTALE: ("ESTALE", "stale file handle"),
        ETIMEDOUT: ("ETIMEDOUT", "timed out"),
        ETXTBSY: ("ETXTBSY", "file is being executed"),
        EXDEV: ("EXDEV", "on another file system"),
    ]
}

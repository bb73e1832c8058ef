internal import Daemon
internal import Glibc

/// The demo's own files, in a directory of mode 0700.
struct DemoDirectory {
    /// Absolute, without a slash at the end.
    let path: String
    /// Whether the directory itself was made here.
    private let isOwn: Bool

    var secretFile: String { "\(path)/secret" }
    var configurationFile: String { "\(path)/authd.yaml" }
    var decisionSocket: String { "\(path)/decision.sock" }
    var upstreamSocket: String { "\(path)/hello.sock" }

    /// A fresh directory beside other temporary files.
    init() throws(CommandFailure) {
        let parent = Self.temporaryParent
        var template = Array("\(parent)/authd-demo-XXXXXX".utf8CString)
        // mkdtemp rewrites the X in place; the array is its own storage and ends in NUL.
        let isMade = unsafe template.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return unsafe mkdtemp(start) != nil
        }
        guard isMade else {
            throw CommandFailure(.failed, "cannot make a directory in \(parent); name another one with --directory")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        isOwn = true
    }

    /// The directory at `path`, which is made where it is missing and has to be empty where it is not: everything in it
    /// is deleted at the end.
    init(at path: String) throws(CommandFailure) {
        // The path lives for the call.
        isOwn = unsafe mkdir(path, 0o700) == 0
        guard isOwn || errno == EEXIST else {
            throw CommandFailure(
                errno == EACCES || errno == EPERM ? .noPermission : .failed,
                "--directory: cannot make \(path) (errno \(errno))"
            )
        }
        guard let names = DirectoryListing.names(path), let whole = Self.absolute(path) else {
            throw CommandFailure(.failed, "--directory: \(path) is not a directory that can be read")
        }
        guard names.isEmpty else {
            throw CommandFailure(.failed, "--directory: \(path) is not empty; name a new or an empty directory")
        }
        self.path = whole
    }

    /// Deletes everything in it, and the directory itself where it was made here.
    func remove() {
        for name in DirectoryListing.names(path) ?? [] {
            // The path lives for the call.
            _ = unsafe unlink("\(path)/\(name)")
        }
        if isOwn { _ = unsafe rmdir(path) }
    }

    /// Where a socket's path, of at most 107 bytes, still has room for its name.
    private static var temporaryParent: String {
        // Nobody changes the environment of this program while the text is copied.
        guard let value = unsafe getenv("TMPDIR") else { return "/tmp" }
        let text = unsafe String(cString: value)
        return text.hasPrefix("/") && text.utf8.count <= 60 ? text : "/tmp"
    }

    private static func absolute(_ path: String) -> String? {
        // realpath allocates the text, which is copied and freed here.
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}

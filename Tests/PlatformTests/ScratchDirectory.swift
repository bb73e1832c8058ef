import Glibc
import Testing

/// A fresh directory for one test, deleted with everything in it at the end, and the few file operations that tests
/// need in exactly one system call each.
final class ScratchDirectory {
    let path: String

    init() throws {
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? P_tmpdir
        var template = "\(base)/platform-XXXXXX".utf8CString.map { $0 }
        // mkdtemp writes the name into the array, which is NUL-terminated.
        try #require(unsafe mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        Self.remove(path)
    }

    func at(_ name: String) -> String {
        "\(path)/\(name)"
    }

    /// Writes in place: open with O_CREAT, and O_TRUNC if asked, then one write.
    func write(_ text: String, to name: String, mode: UInt32 = 0o600, truncating: Bool = true) throws {
        try write(Array(text.utf8), to: name, mode: mode, truncating: truncating)
    }

    func write(_ bytes: [UInt8], to name: String, mode: UInt32 = 0o600, truncating: Bool = true) throws {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (truncating ? O_TRUNC : 0)
        let number = unsafe open(at(name), flags, mode)
        try #require(number >= 0, "open \(name): errno \(errno)")
        defer { _ = close(number) }
        let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
        try #require(count == bytes.count)
        // The umask does not decide here.
        try #require(fchmod(number, mode) == 0)
    }

    func makeDirectory(_ name: String, mode: UInt32 = 0o700) throws {
        try #require(unsafe mkdir(at(name), mode) == 0, "mkdir \(name): errno \(errno)")
    }

    func link(_ name: String, to target: String) throws {
        try #require(unsafe symlink(target, at(name)) == 0, "symlink \(name): errno \(errno)")
    }

    func rename(_ old: String, to new: String) throws {
        try #require(unsafe Glibc.rename(at(old), at(new)) == 0, "rename \(old): errno \(errno)")
    }

    func delete(_ name: String) throws {
        try #require(unsafe unlink(at(name)) == 0, "unlink \(name): errno \(errno)")
    }

    func setMode(_ mode: UInt32, of name: String) throws {
        try #require(unsafe chmod(at(name), mode) == 0)
    }

    /// The names in the directory, dot files included.
    func names() -> [String] {
        Self.names(in: path)
    }

    static func names(in path: String) -> [String] {
        guard let stream = unsafe opendir(path) else { return [] }
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name.0) { unsafe String(cString: $0) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func remove(_ path: String) {
        if unsafe unlink(path) == 0 { return }
        for name in names(in: path) {
            remove("\(path)/\(name)")
        }
        _ = unsafe rmdir(path)
    }
}

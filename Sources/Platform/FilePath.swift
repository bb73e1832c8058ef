import Glibc

/// Path arithmetic and link reading, for plain strings.
enum FilePath {
    /// The most symbolic links the kernel follows in one look-up (MAXSYMLINKS).
    static let linkLimit = 40

    /// The directory that `path` lies in: "/" for "/a", "." for "a".
    static func directory(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        let parent = path[..<slash]
        return parent.isEmpty ? "/" : String(parent)
    }

    static func lastName(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }

    /// `name` inside `directory`; an absolute name stands for itself.
    static func join(_ directory: String, _ name: String) -> String {
        if name.utf8.first == UInt8(ascii: "/") { return name }
        return directory.utf8.last == UInt8(ascii: "/") ? directory + name : "\(directory)/\(name)"
    }

    /// What the symbolic link at `path` says, nil where there is none to read.
    static func linkTarget(of path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        // The array owns the memory for the call; the kernel writes at most its size, and no terminator.
        let length = unsafe readlink(path, &buffer, buffer.count)
        guard length > 0, length < buffer.count else { return nil }
        return String(validating: buffer[..<length].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Where writing to `path` would end up: the last symbolic link's target, which need not exist.
    static func followingLinks(_ path: String) throws(FileError) -> String {
        var current = path
        for _ in 0..<linkLimit {
            guard let target = linkTarget(of: current) else { return current }
            current = join(directory(of: current), target)
        }
        throw FileError(.symbolicLinkLoop, path: path, errorNumber: ErrorNumber(rawValue: ELOOP))
    }

    /// `path` from the root; a relative one is taken from the working directory of this moment.
    static func absolute(_ path: String) -> String {
        if path.utf8.first == UInt8(ascii: "/") { return path }
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        // The array owns the memory for the call, which writes at most its size, terminator included.
        guard unsafe getcwd(&buffer, buffer.count) != nil else { return path }
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return join(String(decoding: bytes, as: UTF8.self), path)
    }
}

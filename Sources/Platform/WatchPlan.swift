/// Where watches must stand so that no change of the watched paths goes unseen. Pure: the file system is a function.
///
/// A watch on a file goes deaf as soon as the file is replaced, and a watch on its directory when a symbolic link
/// above is swapped (Kubernetes' `..data`). So the plan follows the way that the kernel takes, component by component
/// and link by link, and watches in every directory on it for the next name. Where the way breaks off, the last
/// directory that exists is watched for the name that is missing.
struct WatchPlan: Equatable {
    /// By path, free of links. A parent sorts before its children, which is the order to set the watches in: a change
    /// above one that is not set yet is then seen.
    private(set) var nodes: [String: WatchNode] = [:]

    /// - Parameters:
    ///   - paths: what to watch.
    ///   - workingDirectory: where relative paths begin; absolute itself.
    ///   - entryAt: what stands at an absolute path, a symbolic link not followed.
    init(for paths: Set<WatchedPath>, from workingDirectory: String, entryAt: (String) -> FileSystemEntry) {
        for path in paths {
            add(path, from: workingDirectory, entryAt: entryAt)
        }
    }

    private mutating func add(
        _ watched: WatchedPath,
        from workingDirectory: String,
        entryAt: (String) -> FileSystemEntry
    ) {
        var directory = "/"
        // The components still to walk, the next one last.
        var rest = Self.components(of: FilePath.join(workingDirectory, watched.path))
        var links = 0
        while let name = rest.popLast() {
            if name == ".." {
                directory = FilePath.directory(of: directory)
                continue
            }
            let full = FilePath.join(directory, name)
            switch entryAt(full) {
            case .directory:
                watch(name, in: directory, for: watched)
                directory = full
            case .symbolicLink(let target):
                watch(name, in: directory, for: watched)
                links += 1
                // A loop: the kernel gives up here as well, and the links are watched.
                guard links <= FilePath.linkLimit else { return }
                if target.utf8.first == UInt8(ascii: "/") { directory = "/" }
                rest += Self.components(of: target)
            case .file:
                watch(name, in: directory, for: watched, content: rest.isEmpty)
                // Writing through another name of the file (a hard link, a bind mount of the file alone) is told to
                // a watch on the file only.
                if rest.isEmpty { nodes[full, default: WatchNode(.file)].ends.insert(watched) }
                return
            case .missing:
                return watch(name, in: directory, for: watched, content: rest.isEmpty)
            }
        }
        if watched.kind == .directory { watchEveryName(in: directory, for: watched) }
    }

    private mutating func watchEveryName(in directory: String, for watched: WatchedPath) {
        nodes[directory, default: WatchNode(.directory)].everyName.insert(watched)
        nodes[directory]?.watchesContent = true
    }

    private mutating func watch(
        _ name: String,
        in directory: String,
        for watched: WatchedPath,
        content: Bool = false
    ) {
        nodes[directory, default: WatchNode(.directory)].names[name, default: []].insert(watched)
        if content { nodes[directory]?.watchesContent = true }
    }

    /// The names of a path, the first one last.
    private static func components(of path: String) -> [String] {
        path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
            .map { String(Substring($0)) }
            .filter { $0 != "." }
            .reversed()
    }
}

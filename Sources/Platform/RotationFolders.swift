/// The folders that a file's content may come from in the course of time, seen from how the file system is laid out now.
enum RotationFolders {
    /// - Returns: `own`, the folder that the file lies in now (the file itself where that is `/`), and `all`: absolute paths without links: the folder of the file and the one above it, and for each symbolic link on
    ///   the way the folder that holds it and the one that it leads into. `/` and the folders right below it are too much
    ///   to give for a link, so there only the file's own folder counts; of a file in `/` the file alone.
    static func of(_ path: String) -> (own: String, all: Set<String>) {
        var folders: Set<String> = []
        var own = "/"
        var directory = "/"
        // The components still to walk, the next one last.
        var rest = components(of: FilePath.absolute(path))
        var links = 0
        while let name = rest.popLast() {
            if name == ".." {
                directory = FilePath.directory(of: directory)
                continue
            }
            let full = FilePath.join(directory, name)
            if let target = FilePath.linkTarget(of: full) {
                links += 1
                guard links <= FilePath.linkLimit else { break }
                if isNarrow(directory) { folders.insert(directory) }
                let isAbsolute = target.utf8.first == UInt8(ascii: "/")
                if isAbsolute { directory = "/" }
                let parts = components(of: target)
                if let into = folder(parts, from: directory), isNarrow(into) { folders.insert(into) }
                rest += parts
                continue
            }
            if rest.isEmpty {
                own = directory == "/" ? full : directory
                folders.insert(own)
                let above = FilePath.directory(of: directory)
                if isNarrow(above) { folders.insert(above) }
            }
            directory = full
        }
        return (own, folders)
    }

    /// The folder of a link's target; nil where the target goes up, since then the text alone does not tell.
    private static func folder(_ parts: [String], from directory: String) -> String? {
        guard !parts.contains("..") else { return nil }
        return parts.dropFirst().reversed().reduce(directory) { FilePath.join($0, $1) }
    }

    /// Two names deep at least.
    private static func isNarrow(_ folder: String) -> Bool {
        folder.utf8.count { $0 == UInt8(ascii: "/") } > 1
    }

    /// The names of a path, the first one last.
    private static func components(of path: String) -> [String] {
        path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }.filter { $0 != "." }.reversed()
    }
}

/// What a process still needs of the file system and of TCP once it serves: everything else may be taken from it.
package struct ConfinementPlan: Equatable, Sendable {
    /// Absolute paths; what lies there and below may be read.
    package private(set) var readable: Set<String> = []
    /// The folders among them that must be readable now; the others are there for later changes.
    private var needed: Set<String> = []
    /// Folders in which sockets of Unix listeners and their locks are made and removed.
    package var socketFolders: Set<String> = []
    /// TCP ports that may still be bound.
    package var ports: Set<UInt16> = []
    /// Whether TCP connections may be made, to whatever port.
    package var connects = false

    package init() {}

    /// The file at `path` may be read, and whatever takes its place: a rotation renames over the file, over a folder above
    /// it, or over a symbolic link on the way.
    package mutating func read(replaceable path: String) {
        let folders = RotationFolders.of(path)
        needed.insert(folders.own)
        readable.formUnion(folders.all)
    }

    /// A Unix socket is made at `path`, and removed at the end.
    package mutating func listen(at path: String) {
        socketFolders.insert(FilePath.directory(of: FilePath.absolute(path)))
    }

    /// What of `other` this plan does not have, in the operator's words; empty where it has all.
    package func missing(for other: ConfinementPlan) -> [String] {
        let mine = readable.union(Self.system)
        var missing = other.needed.filter { path in !mine.contains { Self.is(path, within: $0) } }.sorted()
        if other.connects, !connects { missing.append("outgoing TCP connections") }
        return missing
    }

    /// What libraries read, always left: names of users and hosts, certificates, modules, and the kernel's files.
    static let system: Set<String> = [
        "/etc", "/usr", "/lib", "/lib64", "/proc", "/sys", "/dev", "/run/systemd/resolve", "/run/NetworkManager",
        "/run/resolvconf", "/var/lib/ca-certificates",
    ]

    private static func `is`(_ path: String, within folder: String) -> Bool {
        path == folder || path.utf8.starts(with: (folder.utf8.last == UInt8(ascii: "/") ? folder : folder + "/").utf8)
    }
}

import Glibc

/// One inotify watch: what it stands on, and which watched paths lead past it.
struct WatchNode: Equatable {
    enum Kind: Equatable {
        case directory
        case file
    }

    let kind: Kind
    /// Directory: a name in it → the paths whose way goes through that name.
    var names: [String: Set<WatchedPath>] = [:]
    /// Directory: the paths to which every name in it matters.
    var everyName: Set<WatchedPath> = []
    /// File: the paths that end at it.
    var ends: Set<WatchedPath> = []
    /// Whether content written under a name here matters, and not only which names there are.
    var watchesContent = false

    init(_ kind: Kind) {
        self.kind = kind
    }

    /// Every path that leads past here.
    var paths: Set<WatchedPath> {
        names.values.reduce(everyName.union(ends)) { $0.union($1) }
    }

    /// The event bits for inotify_add_watch(2).
    var mask: UInt32 {
        // The kernel tells a watched thing's own end whether asked or not (IN_IGNORED, IN_UNMOUNT).
        var mask = UInt32(IN_DELETE_SELF | IN_MOVE_SELF)
        switch kind {
        case .directory:
            mask |= UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO) | UInt32(IN_ONLYDIR)
            if watchesContent { mask |= Self.content }
        case .file:
            mask |= Self.content | UInt32(IN_DONT_FOLLOW)
        }
        return mask
    }

    // IN_MODIFY as well as IN_CLOSE_WRITE: a writer may keep the file open. IN_ATTRIB: a chmod can make a refused
    // file a good one.
    private static let content = UInt32(IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB)
}

/// A path whose changes matter. It need not exist.
package struct WatchedPath: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The content that a reader of the path would get.
        case file
        /// The names in the directory, and what lies under them directly.
        case directory
    }

    package let path: String
    package let kind: Kind

    package static func file(_ path: String) -> WatchedPath {
        WatchedPath(path: path, kind: .file)
    }

    package static func directory(_ path: String) -> WatchedPath {
        WatchedPath(path: path, kind: .directory)
    }
}

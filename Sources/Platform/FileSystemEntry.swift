/// What a name turns out to be, as far as finding one's way needs it.
enum FileSystemEntry: Equatable {
    case missing
    case directory
    case symbolicLink(target: String)
    /// A file, or anything else that ends the way.
    case file

    /// The entry at `path`, a symbolic link not followed; what cannot be looked at counts as missing.
    static func at(_ path: String) -> FileSystemEntry {
        guard let status = FileStatus(ofPathItself: path) else { return .missing }
        switch status.kind {
        case .directory: return .directory
        case .symbolicLink: return FilePath.linkTarget(of: path).map { .symbolicLink(target: $0) } ?? .missing
        case .regular, .socket, .fifo, .device, .unknown: return .file
        }
    }
}

extension FileStatus.Kind: CustomStringConvertible {
    /// With its article, to stand in "… is a directory".
    var description: String {
        switch self {
        case .regular: "a regular file"
        case .directory: "a directory"
        case .symbolicLink: "a symbolic link"
        case .socket: "a socket"
        case .fifo: "a fifo"
        case .device: "a device"
        case .unknown: "something unknown"
        }
    }
}

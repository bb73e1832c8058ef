internal import Glibc

/// Reads the small files of a function's zip.
enum FileBytes {
    /// The most that a file may hold.
    static let limit = 1 << 20

    enum Failure: Error, Equatable {
        case missing
        /// With `errno`, or 0 for a file that is too large.
        case unreadable(Int32)
    }

    /// The whole content.
    static func read(_ path: String) throws(Failure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw errno == ENOENT ? .missing : .unreadable(errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            // Safe: the array owns its bytes for the length of the call.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(errno) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else { throw .unreadable(0) }
        }
    }
}

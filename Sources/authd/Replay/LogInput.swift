internal import Daemon
internal import Glibc

/// Reads a log line by line, in bounded memory.
enum LogInput {
    private static let chunk = 65_536

    /// Calls `body` with every line of the file, or of standard input for `-`; nil for a line that is too long.
    static func forEachLine(
        of path: String,
        _ body: ([UInt8]?) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        guard path != "-" else { return try forEachLine(of: STDIN_FILENO, path, body) }
        // The path lives for the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw TokenInput.failure(path, errno) }
        defer { _ = close(descriptor) }
        try forEachLine(of: descriptor, path, body)
    }

    private static func forEachLine(
        of descriptor: Int32,
        _ path: String,
        _ body: ([UInt8]?) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        var splitter = LineSplitter()
        var buffer = [UInt8](repeating: 0, count: chunk)
        while true {
            // The array owns the memory for the call, which writes at most its size.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw TokenInput.failure(path, errno)
            }
            try splitter.append(buffer[..<count], body)
        }
        try splitter.finish(body)
    }
}

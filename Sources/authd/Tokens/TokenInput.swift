internal import Daemon
internal import Glibc

/// Takes a token from a file, a pipe or standard input.
enum TokenInput {
    /// Longer than any token that a server takes.
    private static let maximumBytes = 1 << 16

    /// The token at `path`, or on standard input for `-`: without white space around it, and without the `Bearer ` that
    /// comes along when a header is copied.
    static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
        let bytes = try readAll(path)
        guard bytes.count <= maximumBytes else {
            throw CommandFailure(.failed, "\(name(path)) holds no token: it is too long")
        }
        let token = withoutScheme(trimmed(bytes[...]))
        guard !token.isEmpty else { throw CommandFailure(.failed, "\(name(path)) holds no token: it is empty") }
        return Array(token)
    }

    /// A process substitution is a pipe, so this is no business of `SecureFile`, which takes regular files only.
    private static func readAll(_ path: String) throws(CommandFailure) -> [UInt8] {
        guard path != "-" else { return try readAll(STDIN_FILENO, path) }
        // The path lives for the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { _ = close(descriptor) }
        return try readAll(descriptor, path)
    }

    private static func readAll(_ descriptor: Int32, _ path: String) throws(CommandFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= maximumBytes {
            // The array owns the memory for the call, which writes at most its size.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path, errno)
            }
            bytes.append(contentsOf: buffer[..<count])
        }
        return bytes
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var rest = bytes
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return rest.drop(while: isSpace)
    }

    private static func withoutScheme(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let scheme = Array("bearer ".utf8)
        guard bytes.count > scheme.count, zip(bytes, scheme).allSatisfy({ $0 | 0x20 == $1 }) else { return bytes }
        return trimmed(bytes.dropFirst(scheme.count))
    }

    static func name(_ path: String) -> String { path == "-" ? "standard input" : path }

    static func failure(_ path: String, _ number: Int32) -> CommandFailure {
        switch number {
        case EACCES, EPERM: CommandFailure(.noPermission, "cannot read \(name(path)): permission denied")
        case ENOENT, ENOTDIR: CommandFailure(.failed, "cannot read \(name(path)): there is no such file")
        case EISDIR: CommandFailure(.failed, "cannot read \(name(path)): it is a directory")
        default: CommandFailure(.failed, "cannot read \(name(path)): errno \(number)")
        }
    }
}

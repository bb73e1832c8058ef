internal import Daemon
internal import Glibc

/// Where this program and its siblings are.
enum ExecutablePath {
    /// The absolute path of the running program.
    static func own() throws(CommandFailure) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        // The array owns the memory for the call; the kernel writes at most its size, and no terminator.
        let length = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        guard length > 0, length < buffer.count else {
            throw CommandFailure(.internal, "cannot find out where this program is: /proc is not there")
        }
        return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The program `name` in the directory of this one.
    static func sibling(_ name: String) throws(CommandFailure) -> String {
        let own = try own()
        guard let slash = own.lastIndex(of: "/") else { throw CommandFailure(.internal, "\(own) is no absolute path") }
        let path = own[...slash] + name
        // The path lives for the call.
        guard unsafe access(String(path), X_OK) == 0 else {
            throw CommandFailure(.failed, "the demo needs the program \"\(name)\" beside authd: there is no \(path)")
        }
        return String(path)
    }
}

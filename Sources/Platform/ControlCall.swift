import CPlatform
import Glibc

/// One question to a running daemon over its control socket: a line there, everything back.
package enum ControlCall {
    /// Sends `request` to the Unix socket at `path` and reads until the other end closes.
    ///
    /// Blocks, for `milliseconds` between two pieces of the answer at the most. At most 64 KiB are read.
    package static func ask(
        _ path: String,
        _ request: String,
        milliseconds: Int32
    ) throws(SystemError) -> [UInt8] {
        guard let address = try? UnixSocketAddress(path: path) else {
            throw SystemError("use the control socket", ErrorNumber(rawValue: ENAMETOOLONG))
        }
        let number = socket(AF_UNIX, authd_socket_stream | O_CLOEXEC, 0)
        guard number >= 0 else { throw SystemError("make a socket", .last) }
        let descriptor = FileDescriptor(owning: number)
        guard unsafe address.withSocketAddress({ unsafe connect(descriptor.number, $0, $1) }) == 0 else {
            throw SystemError("connect to the control socket", .last)
        }
        let bytes = Array(request.utf8)
        // The array owns the memory for the call. A line fits into an empty buffer.
        let sent = unsafe bytes.withUnsafeBytes { unsafe send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard sent == bytes.count else { throw SystemError("write to the control socket", .last) }
        return try read(descriptor.number, milliseconds)
    }

    private static let mostBytes = 65_536

    private static func read(_ number: Int32, _ milliseconds: Int32) throws(SystemError) -> [UInt8] {
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while answer.count < mostBytes {
            var target = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            // The pointer lives for the call only.
            let ready = unsafe poll(&target, 1, milliseconds)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else {
                throw SystemError("get an answer from authd", ready == 0 ? ErrorNumber(rawValue: ETIMEDOUT) : .last)
            }
            let count = FileDescriptor.read(number, into: &piece)
            guard count >= 0 else { throw SystemError("read from the control socket", .last) }
            if count == 0 { return answer }
            answer += piece[..<count]
        }
        return answer
    }
}

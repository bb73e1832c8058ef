import Glibc
import TestSupport

/// A pipe whose reading end the test holds.
final class LogPipe: Sendable {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        // The array owns the memory for the call.
        guard unsafe pipe(&ends) == 0 else { throw TestSupportError("pipe failed") }
        reading = ends[0]
        writing = ends[1]
    }

    deinit {
        _ = close(reading)
        _ = close(writing)
    }

    /// What is in the pipe now, up to its end or until nothing is left.
    func take() -> String {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            var target = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
            // Both pointers live for their calls; the array bounds the read.
            guard unsafe poll(&target, 1, 0) == 1 else { break }
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(reading, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            all += buffer[..<count]
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// Fills the pipe until it takes no more.
    func fill() {
        let flags = fcntl(writing, F_GETFL)
        _ = fcntl(writing, F_SETFL, flags | O_NONBLOCK)
        let chunk = [UInt8](repeating: UInt8(ascii: "#"), count: 4096)
        // The array owns the memory for the call.
        while unsafe chunk.withUnsafeBytes({ unsafe write(writing, $0.baseAddress, $0.count) }) > 0 {}
        _ = fcntl(writing, F_SETFL, flags)
    }
}

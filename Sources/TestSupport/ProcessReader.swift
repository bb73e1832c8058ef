import Foundation
import Glibc

/// Threads that wait for a child's output and for its end. Threads and not tasks: each blocks in one system call, and
/// the pool of Swift tasks has no more threads than the machine has cores.
enum ProcessReader {
    /// Reads `descriptor` to its end, which is told as an empty slice, and closes it.
    static func read(_ descriptor: Int32, _ receive: @escaping @Sendable (ArraySlice<UInt8>) -> Void) {
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                // read(2) fills at most the buffer's own count of bytes.
                let count = unsafe buffer.withUnsafeMutableBytes {
                    unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
                }
                if count < 0 && errno == EINTR { continue }
                receive(buffer.prefix(max(count, 0)))
                if count <= 0 { break }
            }
            _ = close(descriptor)
        }
    }

    /// Writes all of `bytes` and closes, so that the child sees the end of its input.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        Thread.detachNewThread {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { break }
                rest = rest.dropFirst(count)
            }
            _ = close(descriptor)
        }
    }

    /// Waits for the child's end and takes its status, so that no zombie stays.
    static func reap(_ processIdentifier: Int32, _ receive: @escaping @Sendable (ExitStatus) -> Void) {
        Thread.detachNewThread {
            var status: Int32 = 0
            while unsafe waitpid(processIdentifier, &status, 0) < 0 && errno == EINTR {}
            receive(ExitStatus(waitStatus: status))
        }
    }
}

internal import Daemon
internal import Glibc

/// The standard streams, unbuffered, so that what was said before a crash has been said.
enum Output {
    /// One line on standard output.
    /// - Throws: when nobody takes it: half a result must not look like a whole one.
    static func line(_ text: String) throws(CommandFailure) {
        try bytes(Array((text + "\n").utf8).span)
    }

    /// Bytes as they are on standard output.
    static func bytes(_ bytes: Span<UInt8>) throws(CommandFailure) {
        guard write(bytes, to: STDOUT_FILENO) else {
            throw CommandFailure(.failed, "cannot write to standard output")
        }
    }

    /// One line on standard error. Where nobody listens, nobody misses it.
    static func error(_ text: String) {
        _ = write(Array((text + "\n").utf8).span, to: STDERR_FILENO)
    }

    /// A text that stands on the terminal's last line until the next one takes its place.
    static func progress(_ text: String) {
        _ = write(Array("\r\u{1B}[K\(text)".utf8).span, to: STDERR_FILENO)
    }

    static func warning(_ text: String) { error("warning: \(text)") }

    private static func write(_ bytes: Span<UInt8>, to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let rest = bytes.extracting(written...)
            // The span keeps the memory alive for the call, which reads no more than its size.
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                return false
            }
            written += count
        }
        return true
    }
}

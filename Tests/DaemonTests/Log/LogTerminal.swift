import Glibc
import TestSupport

/// A terminal whose other side the test holds.
final class LogTerminal: Sendable {
    /// Where programs write.
    let writing: Int32
    private let screen: Int32

    /// Of <asm-generic/ioctls.h>: unlock the other side, and open it.
    private static let unlock: UInt = 0x4004_5431
    private static let openPeer: UInt = 0x5441

    init() throws {
        // The string and the pointer live for their calls.
        screen = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var isLocked: Int32 = 0
        guard screen >= 0, unsafe ioctl(screen, Self.unlock, &isLocked) == 0 else {
            throw TestSupportError("no terminal, errno \(errno)")
        }
        writing = ioctl(screen, Self.openPeer, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard writing >= 0 else { throw TestSupportError("no terminal, errno \(errno)") }
    }

    deinit {
        _ = close(writing)
        _ = close(screen)
    }

    /// What has been written, without waiting; line ends as they were written.
    func take() -> String {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            var target = pollfd(fd: screen, events: Int16(POLLIN), revents: 0)
            // Both pointers live for their calls; the array bounds the read.
            guard unsafe poll(&target, 1, 0) == 1 else { break }
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(screen, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            text += buffer[..<count]
        }
        return String(decoding: text.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    }
}

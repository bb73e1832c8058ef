import Glibc

/// Loopback TCP ports that nothing listens on, each handed out once per test run.
package enum FreePort {
    // Below the kernel's range for outgoing connections (32768 and up), so that no client socket of a parallel test can
    // take a port between the moment it is chosen and the moment the program under test binds it.
    private static let range = 20_000..<32_000
    private static let cursor = Awaited(Int(getpid()) * 37 % 12_000)

    package static func next() throws -> Int {
        for _ in range {
            let port = cursor.update { offset in
                offset = (offset + 1) % range.count
                return range.lowerBound + offset
            }
            if isFree(port) { return port }
        }
        throw TestSupportError("no free port between \(range.lowerBound) and \(range.upperBound)")
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { _ = close(descriptor) }
        return unsafe SocketAddress.tcp(port: port).withSockaddr { unsafe bind(descriptor, $0, $1) == 0 }
    }
}

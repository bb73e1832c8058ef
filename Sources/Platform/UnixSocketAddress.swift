import Glibc

/// The path of a Unix socket, checked to fit into `sockaddr_un`.
struct UnixSocketAddress {
    /// sizeof(sun_path) less the terminating NUL.
    static let longestPath = 107

    let path: String

    /// How people write it.
    var text: String { "unix:\(path)" }

    init(path: String) throws(SocketError) {
        self.path = path
        let length = path.utf8.count
        guard length > 0, !path.utf8.contains(0) else {
            throw SocketError(.addressInvalid, address: "unix:", detail: "the path is empty or holds a NUL byte")
        }
        guard length <= Self.longestPath else {
            let detail = "the path has \(length) bytes, a socket's may have \(Self.longestPath); choose a shorter one"
            throw SocketError(.pathTooLong, address: text, detail: detail)
        }
    }

    /// Calls `body` with the C form of the address, which lives for that time only.
    func withSocketAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
            // The room was zeroed, and init made sure that the path and a NUL fit.
            for (index, byte) in path.utf8.prefix(room.count - 1).enumerated() {
                unsafe room[index] = byte
            }
        }
        return unsafe withUnsafePointer(to: address) { pointer in
            // sockaddr_un begins as every sockaddr does, which is how the C interface wants it.
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

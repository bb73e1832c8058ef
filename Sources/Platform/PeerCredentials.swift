import CPlatform
import Glibc

/// Who connected to a Unix socket, by the kernel's word (SO_PEERCRED): the process that called connect(2), as it was
/// at that moment. The peer cannot forge it, unless it is root.
package struct PeerCredentials: Hashable, Sendable {
    package let process: Int32
    package let user: UInt32
    package let group: UInt32

    /// The peer of a connected Unix socket. Throws for every other descriptor.
    package init(ofSocket descriptor: Int32) throws(SystemError) {
        var credentials = authd_peer_credentials()
        var length = socklen_t(MemoryLayout<authd_peer_credentials>.size)
        // Both pointers live for the call, and the kernel writes at most `length` bytes.
        let status = unsafe getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length)
        guard status == 0 else { throw SystemError("ask for the peer's credentials", .last) }
        // For a socket that is not connected, or not a Unix socket, the kernel answers pid 0 and uid -1.
        guard Int(length) == MemoryLayout<authd_peer_credentials>.size, credentials.user != UInt32.max else {
            throw SystemError("ask for the peer's credentials", ErrorNumber(rawValue: ENOTSOCK))
        }
        process = credentials.process
        user = credentials.user
        group = credentials.group
    }
}

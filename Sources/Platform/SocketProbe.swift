import CPlatform
import Glibc

/// Whether anybody listens on a Unix socket file.
enum SocketProbe: Equatable {
    /// Somebody does; the process, where the kernel tells.
    case alive(process: Int32?)
    /// Nobody does: the file is a leftover.
    case dead
    /// It cannot be told, for this reason.
    case unknown(ErrorNumber)

    /// Tries to connect, without waiting.
    static func connect(to address: UnixSocketAddress) throws(SocketError) -> SocketProbe {
        let type = authd_socket_stream | authd_socket_flags
        let number = Glibc.socket(AF_UNIX, type, 0)
        guard number >= 0 else {
            throw SocketError(.noDescriptors, address: address.text, errorNumber: .last, detail: "making a socket")
        }
        let descriptor = FileDescriptor(owning: number)
        let status = unsafe address.withSocketAddress { unsafe Glibc.connect(descriptor.number, $0, $1) }
        if status == 0 {
            return .alive(process: (try? PeerCredentials(ofSocket: descriptor.number))?.process)
        }
        let cause = ErrorNumber.last
        switch cause.rawValue {
        case ECONNREFUSED, ENOENT: return .dead
        // The queue of a live listener is full.
        case EAGAIN, EINPROGRESS: return .alive(process: nil)
        // A datagram or sequenced-packet socket: somebody else's, of another kind.
        case EPROTOTYPE: return .alive(process: nil)
        default: return .unknown(cause)
        }
    }
}

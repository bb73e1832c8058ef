import CPlatform
import CSystemd
import Glibc

/// The sockets of socket activation: LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES, read by libsystemd.
package enum ListenFDs {
    /// Takes what was passed to this very process; empty where nothing was (a LISTEN_PID of another process counts as
    /// nothing). Call it in `main` before any thread: it removes the variables, so that children do not see them.
    ///
    /// Throws, with the name that it was passed under, for a descriptor that is no listening stream socket of a kind that
    /// the daemon serves. Then none of them is closed: the process is about to end.
    package static func take() throws(InheritedSocketError) -> [InheritedSocket] {
        // libsystemd takes a LISTEN_PID or LISTEN_FDS that is no number for an error; so do we.
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = unsafe sd_listen_fds_with_names(1, &names)
        guard count >= 0 else {
            throw .unreadable(ErrorNumber(rawValue: -count))
        }
        // An array of `count` strings and a nil, each from malloc, ours to free. Absent when count is 0.
        defer { unsafe free(names, count: Int(count)) }
        var sockets: [InheritedSocket] = []
        for index in 0..<count {
            let number = SD_LISTEN_FDS_START + index
            let name = unsafe names?[Int(index)].map { unsafe String(cString: $0) } ?? "unknown"
            sockets.append(InheritedSocket(name: name, fileDescriptor: number, kind: try kind(of: number, name)))
        }
        return sockets
    }

    private static func kind(
        of number: Int32,
        _ name: String
    ) throws(InheritedSocketError) -> InheritedSocket.Kind {
        let stream = authd_socket_stream
        // 1 as the last argument: it must listen already (Accept=no), not be a connection.
        if sd_is_socket_unix(number, stream, 1, nil, 0) > 0 { return .unix }
        guard sd_is_socket(number, AF_UNSPEC, stream, 1) > 0, let address = TCPAddress(ofSocket: number) else {
            throw .notListening(name: name)
        }
        return .tcp(address)
    }

    private static func free(_ names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, count: Int) {
        guard let names = unsafe names else { return }
        for index in 0..<count {
            unsafe Glibc.free(names[index])
        }
        unsafe Glibc.free(names)
    }
}

import Foundation
import Glibc
import Platform
import Synchronization
import TestSupport

/// An upstream that does to each connection what a test says, well-behaved or not. One thread a connection.
final class ScriptedUpstream: Sendable {
    let address: TestSupport.SocketAddress
    /// Connections accepted and ended so far.
    let accepted = Awaited(0)
    let ended = Awaited(0)
    private let listener: Int32

    /// - Parameter script: gets the connection and its number from 0; the connection is closed when it returns.
    init(_ script: @escaping @Sendable (ScriptedConnection, Int) throws -> Void) throws {
        let socket = try TCPListenSocket(TCPAddress("127.0.0.1:0"))
        address = .tcp(port: Int(socket.address.port))
        guard let descriptor = socket.takeDescriptor() else { throw TestSupportError("no descriptor") }
        // Blocking, for a thread of its own.
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        listener = descriptor
        let (accepted, ended) = (accepted, ended)
        Thread.detachNewThread {
            while true {
                let connection = Glibc.accept(descriptor, nil, nil)
                guard connection >= 0 else { break }
                let number = accepted.update { count in
                    count += 1
                    return count - 1
                }
                Thread.detachNewThread {
                    let scripted = ScriptedConnection(connection)
                    try? script(scripted, number)
                    scripted.close()
                    ended.update { $0 += 1 }
                }
            }
            _ = Glibc.close(descriptor)
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }
}

/// One connection of a scripted upstream; used by one thread.
final class ScriptedConnection {
    private let descriptor: Int32
    private var pending: [UInt8] = []

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Reads until an empty line has come, and forgets everything up to it. - Returns: the head.
    func readHead() throws -> String {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let range = pending.firstRange(of: end) {
                defer { pending.removeFirst(range.upperBound) }
                return String(decoding: pending[..<range.upperBound], as: UTF8.self)
            }
            guard try receive() else { throw TestSupportError("the connection ended within a head") }
        }
    }

    /// Waits until the other side ends the connection; whether by a reset is the result.
    func readToEnd() throws -> Bool {
        do {
            while try receive() {}
            return false
        } catch { return true }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // The pointer is used within the call and counts the slice's own bytes.
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Ends the sending side only.
    func halfClose() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends with RST when the connection is closed.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        // The structure's size is the one given.
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    fileprivate func close() { _ = Glibc.close(descriptor) }

    private func receive() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        // recv fills at most the chunk's own count of bytes.
        let count = unsafe chunk.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count >= 0 else { throw TestSupportError("reset") }
        pending += chunk.prefix(count)
        return count > 0
    }
}

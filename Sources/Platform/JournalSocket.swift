import CPlatform
import Glibc
import Synchronization

/// The journal's own socket (systemd.journal-fields(7), "Journal Native Protocol"): records of named fields, one datagram
/// each. Never waits. Safe on every thread.
package final class JournalSocket: Sendable {
    package static let usualPath = "/run/systemd/journal/socket"

    private let address: UnixSocketAddress
    private let descriptor: Mutex<Int32>

    /// nil where no journal listens at `path`.
    package init?(path: String = usualPath) {
        guard let address = try? UnixSocketAddress(path: path), let number = Self.connect(address) else { return nil }
        self.address = address
        descriptor = Mutex(number)
    }

    deinit {
        descriptor.withLock { _ = close($0) }
    }

    /// Sends one record. - Returns: false where the journal does not take it now: its queue is full, or it is not there.
    package func send(_ record: [UInt8]) -> Bool {
        descriptor.withLock { number in
            if Self.send(record, to: number) { return true }
            // A journal that was restarted with its socket has another one at the same path.
            guard errno == ECONNREFUSED || errno == ENOTCONN, let new = Self.connect(address) else { return false }
            _ = close(number)
            number = new
            return Self.send(record, to: number)
        }
    }

    private static func connect(_ address: UnixSocketAddress) -> Int32? {
        let number = socket(AF_UNIX, authd_socket_datagram | authd_socket_flags, 0)
        guard number >= 0 else { return nil }
        guard unsafe address.withSocketAddress({ unsafe Glibc.connect(number, $0, $1) }) == 0 else {
            _ = close(number)
            return nil
        }
        return number
    }

    private static func send(_ record: [UInt8], to number: Int32) -> Bool {
        // The array owns the memory for the call. A datagram goes whole or not at all.
        unsafe record.withUnsafeBytes { bytes in
            unsafe Glibc.send(number, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
        } == record.count
    }
}

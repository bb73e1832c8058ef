import Glibc

/// An IP address and a port to listen on, given as numbers: no name is looked up, for what it means may change.
package struct TCPAddress: Hashable, Sendable, CustomStringConvertible {
    package enum Host: Hashable, Sendable {
        /// 32 bits, the first octet the highest.
        case v4(UInt32)
        /// 16 octets as written.
        case v6(high: UInt64, low: UInt64)
    }

    package let host: Host
    /// 0 lets the kernel choose.
    package let port: UInt16

    package init(host: Host, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`, which means 127.0.0.1. Refuses other names.
    package init(_ text: String) throws(SocketError) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")), text.utf8.count <= 100,
            // C would take the text up to its first NUL for the whole.
            !text.utf8.contains(0)
        else {
            throw Self.invalid(text, "write ADDRESS:PORT, for example 127.0.0.1:8080 or [::1]:8080")
        }
        let portText = text[text.utf8.index(after: colon)...]
        guard !portText.isEmpty, portText.utf8.allSatisfy({ (48...57).contains($0) }), let port = UInt16(portText)
        else {
            throw Self.invalid(text, "the port must be a number from 0 to 65535")
        }
        self.port = port
        host = try Self.host(String(text[..<colon]), in: text)
    }

    /// Whether only this machine can connect.
    package var isLoopback: Bool {
        switch host {
        case .v4(let address): address >> 24 == 127
        // ::1, and ::ffff:127.0.0.0/104.
        case .v6(let high, let low): high == 0 && (low == 1 || low >> 24 == 0xffff_7f)
        }
    }

    /// As people write it: `127.0.0.1:8080`, `[::1]:8080`.
    package var description: String {
        switch host {
        case .v4: "\(hostText):\(port)"
        case .v6: "[\(hostText)]:\(port)"
        }
    }

    private static func host(_ name: String, in text: String) throws(SocketError) -> Host {
        if name == "localhost" { return .v4(0x7f00_0001) }
        if name.utf8.first == UInt8(ascii: "["), name.utf8.last == UInt8(ascii: "]") {
            var raw = in6_addr()
            // Both pointers live for the call, which writes 16 bytes.
            guard unsafe inet_pton(AF_INET6, String(name.dropFirst().dropLast()), &raw) == 1 else {
                throw invalid(text, "\(name) is not an IPv6 address")
            }
            return Host(raw)
        }
        var raw = in_addr()
        // Both pointers live for the call, which writes 4 bytes.
        guard unsafe inet_pton(AF_INET, name, &raw) == 1 else {
            throw invalid(text, "give an IP address (IPv6 in brackets) or localhost; names are not looked up")
        }
        return .v4(UInt32(bigEndian: raw.s_addr))
    }

    private static func invalid(_ text: String, _ detail: String) -> SocketError {
        SocketError(.addressInvalid, address: String(text.prefix(100)), detail: detail)
    }
}

internal import Configuration

/// An address that keys may be fetched from: https, or http to this machine where that is allowed. Without user name and
/// fragment.
struct RemoteKeyURL: Equatable, Sendable {
    let text: String
    let isEncrypted: Bool

    private static let longest = 2048

    /// nil: not such an address.
    init?(_ text: String, allowsLoopbackHTTP: Bool) {
        let bytes = text.utf8
        guard bytes.count <= Self.longest,
            bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#") })
        else { return nil }
        let lower = text.lowercased()
        let rest: Substring
        if lower.hasPrefix("https://") {
            (rest, isEncrypted) = (text.dropFirst("https://".count), true)
        } else if allowsLoopbackHTTP, lower.hasPrefix("http://") {
            (rest, isEncrypted) = (text.dropFirst("http://".count), false)
        } else {
            return nil
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let host = Self.host(authority), isEncrypted || Self.isLoopback(host) else { return nil }
        self.text = text
    }

    /// The host without its port; nil where the authority is not HOST[:PORT].
    private static func host(_ authority: Substring) -> Substring? {
        guard !authority.contains("@") else { return nil }
        let host: Substring
        let rest: Substring
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end]
            rest = authority[authority.index(after: end)...]
            let digits = host.dropFirst().dropLast().utf8
            guard !digits.isEmpty, digits.allSatisfy(isAddressByte) else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority[host.endIndex...]
            guard !host.isEmpty, host.utf8.allSatisfy(isNameByte) else { return nil }
        }
        guard !rest.isEmpty else { return host }
        guard rest.first == ":", rest.utf8.count <= 6, rest.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(rest.dropFirst()), port > 0
        else { return nil }
        return host
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// Of an IPv6 address; a zone is none of it.
    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66, UInt8(ascii: ":"), UInt8(ascii: "."): true
        default: false
        }
    }

    /// Only what cannot be anything else: other spellings of 127.0.0.1 are nobody's need.
    private static func isLoopback(_ host: Substring) -> Bool {
        if host.lowercased() == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts.first == "127" else { return false }
        return parts.allSatisfy { part in
            guard let number = UInt8(part) else { return false }
            return String(number) == part
        }
    }
}

/// Where keys are fetched from, as it was written.
struct KeyURL {
    /// `https://HOST[:PORT]/PATH`, or the same with `http` and a host that is this machine.
    let text: String
    let isHTTPS: Bool
    /// Where it was written.
    let node: LocatedNode

    /// The URL with more at its end.
    func appending(_ rest: String) -> KeyURL { KeyURL(text: text + rest, isHTTPS: isHTTPS, node: node) }
}

extension LocatedNode {
    /// An `https` URL, or an `http` one whose host is a loopback address or `localhost`: whether that is meant, the
    /// caller asks. No user information (RFC 3986 §3.2.1), no fragment.
    /// - Parameter allowsQuery: the identifier of an OpenID issuer has none (OpenID Connect Discovery §3).
    func keyURL(allowsQuery: Bool = true) -> KeyURL? {
        guard let text = text(limit: 2048) else { return nil }
        let lowercased = text.lowercasedASCII
        let isHTTPS = lowercased.hasPrefix("https://")
        guard isHTTPS || lowercased.hasPrefix("http://") else {
            fail(.invalidValue, "must be an https:// URL", hint: "such as https://issuer.example/keys")
            return nil
        }
        let rest = text.dropFirst(isHTTPS ? "https://".count : "http://".count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }), !text.contains("#"),
            !authority.contains("@"), let parts = HostAndPort(authority), let host = Self.host(parts)
        else {
            fail(.invalidValue, "must be https://HOST[:PORT]/PATH without user name, blanks and \"#\"")
            return nil
        }
        guard allowsQuery || !text.contains("?") else {
            fail(.invalidValue, "must be https://HOST[:PORT]/PATH without \"?\"")
            return nil
        }
        guard isHTTPS || Self.isThisMachine(host, isBracketed: parts.isBracketed) else {
            let hint = "over http:// anybody on the way could put in keys of their own"
            fail(.invalidValue, "must be an https:// URL", hint: hint)
            return nil
        }
        return KeyURL(text: text, isHTTPS: isHTTPS, node: self)
    }

    private static func isThisMachine(_ host: String, isBracketed: Bool) -> Bool {
        if isBracketed { return IPAddress(ipv6: host)?.isLoopback ?? false }
        return host == "localhost" || (IPAddress(ipv4: host)?.isLoopback ?? false)
    }
}

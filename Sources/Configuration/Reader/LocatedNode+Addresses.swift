internal import Authorization

extension LocatedNode {
    /// `HOST:PORT` to listen on: an IPv4 address, an IPv6 address in brackets, or `localhost`.
    func tcpAddress() -> TCPAddress? {
        guard let text = text() else { return nil }
        guard let parts = HostAndPort(text), let port = parts.port else {
            fail(.invalidValue, "must be HOST:PORT with a port from 1 to 65535", hint: Self.addressHint(text))
            return nil
        }
        if parts.isBracketed {
            guard let address = IPAddress(ipv6: parts.host) else {
                fail(.invalidValue, "not an IPv6 address in the brackets")
                return nil
            }
            return TCPAddress(host: .ipv6(parts.host), port: port, isLoopback: address.isLoopback)
        }
        if parts.host.lowercasedASCII == "localhost" {
            return TCPAddress(host: .localhost, port: port, isLoopback: true)
        }
        guard let address = IPAddress(ipv4: parts.host) else {
            let isEverywhere = parts.host.isEmpty || parts.host == "*"
            fail(
                .invalidValue,
                "the host must be an IPv4 address, an IPv6 address in brackets, or localhost",
                hint: isEverywhere ? "every address is 0.0.0.0 or [::]" : "names are not looked up here"
            )
            return nil
        }
        return TCPAddress(host: .ipv4(parts.host), port: port, isLoopback: address.isLoopback)
    }

    private static func addressHint(_ text: String) -> String? {
        if text.isDigits { return "did you mean 127.0.0.1:\(text)?" }
        if IPAddress(ipv6: text) != nil { return "an IPv6 address stands in brackets: [::1]:9180" }
        if text.hasPrefix("/") || text.hasPrefix("unix:") { return "a socket file is written as unix: PATH" }
        return "such as 127.0.0.1:9180"
    }

    /// `http://HOST[:PORT]`, `https://HOST[:PORT]` or `unix:/PATH`, and nothing after it.
    func upstreamAddress() -> UpstreamSettings.Address? {
        guard let text = text() else { return nil }
        guard let end = text.firstIndex(of: ":") else {
            fail(.invalidValue, "must be http://HOST:PORT, https://HOST:PORT or unix:/PATH")
            return nil
        }
        let rest = text[text.index(after: end)...]
        switch text[..<end].lowercasedASCII {
        case "unix":
            let path = String(rest.hasPrefix("//") ? rest.dropFirst(2) : rest)
            guard let failure = Self.socketPathFailure(path) else { return .unix(path: path) }
            fail(.invalidValue, failure)
            return nil
        case "http": return authority(rest).map { .http(host: $0.host, port: $0.port ?? 80) }
        case "https": return authority(rest).map { .https(host: $0.host, port: $0.port ?? 443) }
        default:
            let hint = HostAndPort(text) == nil ? nil : "did you mean http://…?"
            fail(.invalidValue, "must be http://HOST:PORT, https://HOST:PORT or unix:/PATH", hint: hint)
            return nil
        }
    }

    /// The host and port after the scheme of a URL that has nothing else.
    private func authority(_ rest: Substring) -> (host: String, port: Int?)? {
        guard rest.hasPrefix("//") else {
            fail(.invalidValue, "the scheme is followed by \"//\"")
            return nil
        }
        let text = rest.dropFirst(2)
        if text.contains("@") {
            fail(.invalidValue, "a URL here has no user name or password")
            return nil
        }
        if text.contains(where: { "/?#\\".contains($0) }) {
            fail(.invalidValue, "a URL here ends after the port", hint: "the path is always the client's own")
            return nil
        }
        guard let parts = HostAndPort(text), let host = Self.host(parts) else {
            fail(.invalidValue, "must be a host name or an IP address, and a port from 1 to 65535")
            return nil
        }
        return (host, parts.port)
    }

    /// An IP address without brackets, or a host name in canonical form; nil for what is neither, such as 127.1, which
    /// some resolvers take for an address.
    static func host(_ parts: HostAndPort) -> String? {
        if parts.isBracketed { return IPAddress(ipv6: parts.host) == nil ? nil : parts.host }
        if IPAddress(ipv4: parts.host) != nil { return parts.host }
        guard let name = CanonicalHost.canonical(parts.host), !name.hasPrefix("["),
            let last = name.split(separator: ".").last, !isNumber(last)
        else { return nil }
        return name
    }

    /// Whether a host that ends in this label is an address to resolvers that take old forms (inet_aton(3)).
    private static func isNumber(_ label: Substring) -> Bool {
        label.isDigits || (label.hasPrefix("0x") && label.dropFirst(2).utf8.allSatisfy(\.isHexDigit))
    }
}

/// Reads one listener.
struct ListenerReader {
    let kind: ListenerKind

    func read(_ element: LocatedNode) -> ListenerSettings? {
        guard let mapping = element.mapping() else { return nil }
        defer { mapping.finish() }
        let mode = mapping.optional("mode").map(readMode)
        let group = mapping.optional("group").map(readAccount)
        let peers = mapping.optional("allow_peers").map(readPeers)
        let tls = kind == .proxy ? mapping.optional("tls").map(readTLS) : nil
        if kind != .proxy { mapping.hint("only a proxy listener has TLS", for: ["tls"]) }
        guard let (form, value) = mapping.exactlyOne(of: ["unix", "tcp", "systemd"]) else { return nil }
        refuseUseless(mapping, form)
        guard let address = address(form, value, mode: mode ?? 0o660, group: group) else { return nil }
        // A certificate that could not be read must not make this a listener without one.
        if let tls, tls == nil { return nil }
        if case .unix(let socket) = address, socket.mode & 0o007 != 0, peers == nil {
            let hint = "narrow the mode, or name who may connect in allow_peers"
            mapping.optional("mode")?.warn(.weak, "every user of this machine may use the socket", hint: hint)
        }
        return ListenerSettings(address: address, allowedPeers: peers ?? nil, tls: tls ?? nil, origin: value.origin)
    }

    /// A setting without effect at this kind of address is refused.
    private func refuseUseless(_ mapping: MappingDecoder, _ form: String) {
        let useless: [(key: String, message: String)] =
            switch form {
            case "unix": [("tls", "a Unix socket needs no TLS: its file says who may open it")]
            case "tcp":
                [
                    ("mode", "only a Unix socket has a mode"),
                    ("group", "only a Unix socket has a group"),
                    ("allow_peers", "only at a Unix socket does the kernel say who connects"),
                ]
            default:
                [
                    ("mode", "the socket unit sets it: SocketMode="),
                    ("group", "the socket unit sets it: SocketGroup="),
                ]
            }
        for (key, message) in useless { mapping.key(key)?.fail(.conflict, message) }
    }

    private func address(_ form: String, _ value: LocatedNode, mode: UInt32?, group: AccountName??) -> ListenerAddress?
    {
        switch form {
        case "unix":
            guard let path = value.socketPath(), let mode else { return nil }
            return .unix(ListenerAddress.UnixSocket(path: path, mode: mode, group: group ?? nil))
        case "tcp": return value.tcpAddress().map { .tcp($0) }
        default: return systemdName(value).map { .systemd($0) }
        }
    }

    /// Octal, in quotes or not: a file mode is never meant in decimal.
    private func readMode(_ value: LocatedNode) -> UInt32? {
        guard let scalar = value.scalar("a file mode such as \"0660\"") else { return nil }
        let digits = scalar.text.hasPrefix("0o") ? scalar.text.dropFirst(2) : scalar.text[...]
        guard (3...4).contains(digits.utf8.count), digits.isDigits, let mode = UInt32(digits, radix: 8), mode <= 0o777
        else {
            value.fail(.invalidValue, "must be three octal digits, such as \"0660\"")
            return nil
        }
        return mode
    }

    private func readPeers(_ value: LocatedNode) -> [AccountName]? {
        guard let elements = value.elements() else { return nil }
        guard !elements.isEmpty else {
            value.fail(.invalidValue, "must not be empty: nobody could connect", hint: "or remove the key")
            return nil
        }
        var peers: [AccountName] = []
        for element in elements {
            guard let peer = readAccount(element) else { continue }
            if peers.contains(peer) { element.fail(.duplicateValue, "stands twice") }
            peers.append(peer)
        }
        return peers
    }

    private func readAccount(_ value: LocatedNode) -> AccountName? {
        guard let text = value.text(limit: 256) else { return nil }
        if text.isDigits {
            // The largest number is (uid_t)-1, which means "no user" to the kernel.
            guard let number = UInt32(text), number < .max else {
                value.fail(.outOfRange, "must be below 4294967295")
                return nil
            }
            return .number(number)
        }
        // passwd(5): fields end with colons, and a slash would leave a home folder.
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }),
            !text.hasPrefix("-")
        else {
            value.fail(.invalidValue, "must be a name or a number of /etc/passwd or /etc/group")
            return nil
        }
        return .name(text)
    }

    private func systemdName(_ value: LocatedNode) -> String? {
        guard let text = value.text(limit: 255) else { return nil }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }) else {
            value.fail(.invalidValue, "must be a FileDescriptorName: printable ASCII without blanks and \":\"")
            return nil
        }
        return text
    }

    private func readTLS(_ value: LocatedNode) -> TLSSettings? {
        guard let mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        let certificate = mapping.required("certificate")?.filePath()
        let key = mapping.required("key")?.filePath()
        guard let certificate, let key else { return nil }
        return TLSSettings(certificate: certificate, key: key, origin: value.origin)
    }
}

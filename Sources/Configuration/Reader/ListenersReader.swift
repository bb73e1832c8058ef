/// Reads all listeners and what holds between them.
struct ListenersReader {
    /// - Returns: nil where a listener could not be read.
    func read(_ section: LocatedNode, allowRemote: Bool) -> ListenersSettings? {
        guard let mapping = section.mapping() else { return nil }
        defer { mapping.finish() }
        var listeners = ListenersSettings()
        var isWhole = true
        for kind in ListenerKind.allCases {
            guard let list = mapping.optional(kind.rawValue) else { continue }
            guard let elements = list.elements() else {
                isWhole = false
                continue
            }
            if elements.isEmpty { list.fail(.invalidValue, "must not be empty", hint: "or remove the key") }
            let read = elements.compactMap { ListenerReader(kind: kind).read($0) }
            isWhole = isWhole && read.count == elements.count
            switch kind {
            case .decision: listeners.decision = read
            case .proxy: listeners.proxy = read
            case .admin: listeners.admin = read
            }
        }
        if mapping.key("decision") == nil, mapping.key("proxy") == nil {
            section.fail(.missingKey, "needs one of \"decision\", \"proxy\"")
        }
        if !allowRemote { refuseRemote(listeners, section.diagnostics) }
        refuseTwice(listeners, section.diagnostics)
        return isWhole ? listeners : nil
    }

    /// Without TLS, tokens and identity headers can be read and forged on the way.
    private func refuseRemote(_ listeners: ListenersSettings, _ diagnostics: Diagnostics) {
        for listener in listeners.decision + listeners.proxy + listeners.admin where listener.tls == nil {
            guard case .tcp(let address) = listener.address, !address.isLoopback else { continue }
            diagnostics.add(
                listener.origin.error(
                    .conflict,
                    "other machines can reach this address, and nothing is encrypted",
                    hint: "listen on 127.0.0.1 or a Unix socket, or set allow_remote: true"
                )
            )
        }
    }

    private func refuseTwice(_ listeners: ListenersSettings, _ diagnostics: Diagnostics) {
        var earlier: [ListenerSettings] = []
        let inFileOrder = (listeners.decision + listeners.proxy + listeners.admin).sorted { left, right in
            (left.origin.place.line, left.origin.place.column) < (right.origin.place.line, right.origin.place.column)
        }
        for listener in inFileOrder {
            if let other = earlier.first(where: { Self.areSame($0.address, listener.address) }) {
                let place = "\(other.origin.path) on line \(other.origin.place.line)"
                diagnostics.add(listener.origin.error(.duplicateValue, "the same address as \(place)"))
            }
            // Bounded, because each listener is compared with all that are kept.
            if earlier.count < 1000 { earlier.append(listener) }
        }
    }

    private static func areSame(_ left: ListenerAddress, _ right: ListenerAddress) -> Bool {
        switch (left, right) {
        case (.unix(let a), .unix(let b)):
            return plain(a.path) == plain(b.path)
        case (.systemd(let a), .systemd(let b)): return a == b
        case (.tcp(let a), .tcp(let b)):
            guard a.port == b.port else { return false }
            return overlap(addresses(a.host), addresses(b.host))
        case (.unix, _), (.systemd, _), (.tcp, _): return false
        }
    }

    /// Without empty and `.` segments.
    private static func plain(_ path: String) -> [Substring] {
        path.split(separator: "/").filter { $0 != "." }
    }

    private static func addresses(_ host: TCPAddress.Host) -> [IPAddress] {
        switch host {
        case .ipv4(let text): IPAddress(ipv4: text).map { [$0] } ?? []
        case .ipv6(let text): IPAddress(ipv6: text).map { [$0] } ?? []
        case .localhost: [IPAddress(ipv4: "127.0.0.1"), IPAddress(ipv6: "::1")].compactMap { $0 }
        }
    }

    /// Whether one of each cannot be bound beside the other: equal, or of one family and one of them unspecified.
    private static func overlap(_ left: [IPAddress], _ right: [IPAddress]) -> Bool {
        for a in left {
            for b in right where a.isIPv4 == b.isIPv4 {
                if a == b || a.isUnspecified || b.isUnspecified { return true }
            }
        }
        return false
    }
}

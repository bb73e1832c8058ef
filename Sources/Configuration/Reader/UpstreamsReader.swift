/// Reads all upstreams.
struct UpstreamsReader {
    private(set) var upstreams: [UpstreamSettings] = []
    private(set) var names = NameRegister()
    /// Whether a name that is not among `names` is a mistake of the rule that uses it.
    private(set) var knowsAllNames = true

    mutating func read(_ section: LocatedNode?) {
        guard let section else { return }
        guard let entries = section.namedEntries() else {
            knowsAllNames = false
            return
        }
        if entries.isEmpty { section.fail(.invalidValue, "must not be empty", hint: "or remove the key") }
        for (key, value) in entries {
            guard let name = key.name() else {
                knowsAllNames = false
                continue
            }
            _ = names.enter(name, key.origin)
            guard let mapping = value.mapping() else { continue }
            defer { mapping.finish() }
            let file = mapping.optional("ca_file")
            guard let url = mapping.required("url"), let address = url.upstreamAddress() else { continue }
            var authorities: String?
            if let file {
                guard case .https = address else {
                    file.fail(
                        .conflict,
                        "only an https upstream shows a certificate",
                        hint: "write https://… or remove it"
                    )
                    continue
                }
                guard let path = file.filePath() else { continue }
                authorities = path
            }
            let upstream = UpstreamSettings(name: name, address: address, authorities: authorities, origin: url.origin)
            upstreams.append(upstream)
        }
    }

    /// An upstream that nothing is ever sent to is probably misspelt somewhere.
    func warnOfUnused(_ used: Set<String>, hasProxy: Bool, _ diagnostics: Diagnostics) {
        for upstream in upstreams where !used.contains(upstream.name) || !hasProxy {
            let message =
                hasProxy ? "no rule sends anything to this upstream" : "there is no proxy listener to use this upstream"
            diagnostics.warn(upstream.origin.error(.unused, message))
        }
    }
}

internal import Authorization

/// Reads the headers that tell the upstream who was let in: the policy's and then the rules'.
struct IdentityHeadersReader {
    /// A gateway that copies them one by one has a line for each.
    private static let most = 64

    /// The fields that bring tokens, folded: none of them can be set as well.
    private let sources: Set<String>
    /// The fields so far, by their folded names, each with the spelling that counts.
    private var fields: [String: (spelling: String, origin: ConfigurationOrigin)] = [:]

    /// - Parameter sources: where tokens stand.
    init(sources: [CredentialSource]) {
        self.sources = Set(
            sources.compactMap { source in
                if case .header(let name) = source { HeaderNames.folded(name) } else { nil }
            }
        )
    }

    mutating func read(_ section: LocatedNode) -> [IdentityHeader] {
        guard let entries = section.namedEntries() else { return [] }
        if entries.isEmpty { section.fail(.invalidValue, "must not be empty", hint: "or remove the key") }
        if entries.count > Self.most { section.fail(.outOfRange, "more than \(Self.most) headers") }
        let before = fields.count
        var own: Set<String> = []
        var headers: [IdentityHeader] = []
        for (key, value) in entries.prefix(Self.most) {
            guard isUsable(key, &own), let claim = claim(value) else { continue }
            headers.append(IdentityHeader(header: key.text, claim: claim))
        }
        if before <= Self.most, fields.count > Self.most {
            section.fail(.outOfRange, "more than \(Self.most) headers, all rules together")
        }
        return headers
    }

    /// Why no other header may have this name; nil: it is free.
    func conflict(_ name: String) -> String? {
        let folded = HeaderNames.folded(name)
        if sources.contains(folded) { return "an issuer's tokens stand in this field" }
        return fields[folded].map { "an identity header, on line \($0.origin.place.line)" }
    }

    /// - Parameter own: the folded names of the same section.
    private mutating func isUsable(_ key: LocatedKey, _ own: inout Set<String>) -> Bool {
        if let failure = HeaderNames.identityFailure(key.text) {
            key.fail(.invalidValue, failure)
            return false
        }
        let name = HeaderNames.folded(key.text)
        if sources.contains(name) {
            key.fail(.conflict, "an issuer's tokens stand in this field")
            return false
        }
        let spelling = key.text.lowercasedASCII
        let isFirst = own.insert(name).inserted
        guard let earlier = fields[name] else {
            fields[name] = (spelling, key.origin)
            return true
        }
        // A rule may say anew what a header of the policy tells, or another rule's.
        guard isFirst, earlier.spelling == spelling else {
            let line = earlier.origin.place.line
            let message = "the same field as on line \(line) to servers that take \"_\" and \".\" for \"-\""
            key.fail(.duplicateValue, message)
            return false
        }
        return true
    }

    private func claim(_ value: LocatedNode) -> ClaimPath? {
        guard let text = value.text() else { return nil }
        guard let claim = ClaimPath(text) else {
            value.fail(.invalidValue, "not a JSON Pointer (RFC 6901)", hint: "such as /realm_access/roles")
            return nil
        }
        return claim
    }
}

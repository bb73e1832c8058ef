internal import Authorization

/// Reads the headers that tell the upstream who was let in.
enum IdentityHeadersReader {
    /// A gateway that copies them one by one has a line for each.
    private static let most = 64

    /// - Parameter sources: where tokens stand: a header cannot bring one and be set as well.
    static func read(_ section: LocatedNode?, sources: [CredentialSource]) -> [IdentityHeader] {
        guard let section, let entries = section.namedEntries() else { return [] }
        if entries.isEmpty { section.fail(.invalidValue, "must not be empty", hint: "or remove the key") }
        if entries.count > most { section.fail(.outOfRange, "more than \(most) headers") }
        let taken = Set(
            sources.compactMap { source in
                if case .header(let name) = source { HeaderNames.folded(name) } else { nil }
            }
        )
        var folded = NameRegister()
        var headers: [IdentityHeader] = []
        for (key, value) in entries.prefix(most) {
            guard isUsable(key, taken, &folded), let claim = claim(value) else { continue }
            headers.append(IdentityHeader(header: key.text, claim: claim))
        }
        return headers
    }

    private static func isUsable(_ key: LocatedKey, _ taken: Set<String>, _ folded: inout NameRegister) -> Bool {
        if let failure = HeaderNames.identityFailure(key.text) {
            key.fail(.invalidValue, failure)
            return false
        }
        let name = HeaderNames.folded(key.text)
        if taken.contains(name) {
            key.fail(.conflict, "an issuer's tokens stand in this field")
            return false
        }
        if let earlier = folded.enter(name, key.origin) {
            let message =
                "the same field as on line \(earlier.place.line) to servers that take \"_\" and \".\" for \"-\""
            key.fail(.duplicateValue, message)
            return false
        }
        return true
    }

    private static func claim(_ value: LocatedNode) -> ClaimPath? {
        guard let text = value.text() else { return nil }
        guard let claim = ClaimPath(text) else {
            value.fail(.invalidValue, "not a JSON Pointer (RFC 6901)", hint: "such as /realm_access/roles")
            return nil
        }
        return claim
    }
}

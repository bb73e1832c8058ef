internal import Authorization

/// Finds the one token that an event brings, in the places where the policy's issuers expect it. Two tokens are never
/// weighed against each other: they are `repeated`.
struct CredentialReader {
    let sources: [CredentialSource]
    /// Whether several fields of one name come as one value, with commas between: HTTP API, payload format 2.0.
    let isJoined: Bool

    func find(_ event: EventDocument) -> FoundCredential {
        var found = FoundCredential.absent
        for index in sources.indices {
            let next =
                switch sources[index] {
                case .authorization: authorization(event, source: index)
                case .header(let name): bare(HeaderLookup(Array(name.utf8), event), source: index)
                case .cookie(let name): CookieReader(name: Array(name.utf8), source: index).find(event)
                }
            guard next != .absent else { continue }
            guard found == .absent else { return .repeated }
            found = next
        }
        return found
    }

    /// `Bearer TOKEN` (RFC 6750 §2.1), the scheme in any case (RFC 9110 §11.1); another scheme is no credential of ours.
    static func bearer(_ value: [UInt8], source: Int) -> FoundCredential {
        // RFC 9110 §5.5: blanks around a value are no part of it.
        let value = trimmed(value[...])
        let scheme = Array("bearer".utf8)
        guard value.count >= scheme.count, value.prefix(scheme.count).map(\.lowercasedASCII) == scheme else {
            return .absent
        }
        var token = value.dropFirst(scheme.count)
        guard let first = token.first else { return .malformed }
        // "Bearerx" is another scheme.
        guard first == UInt8(ascii: " ") else { return .absent }
        token = token.drop { $0 == UInt8(ascii: " ") }
        return token.isEmpty ? .malformed : .token(Array(token), source: source)
    }

    private func authorization(_ event: EventDocument, source: Int) -> FoundCredential {
        let value: [UInt8]
        switch HeaderLookup(Array("authorization".utf8), event) {
        case .absent: return .absent
        case .repeated: return .repeated
        case .malformed: return .malformed
        case .one(let text): value = text
        }
        let found = Self.bearer(value, source: source)
        // A token holds no comma, and other schemes do; what follows one may be another field's value.
        if isJoined, value.contains(UInt8(ascii: ",")), found != .absent || hasBearer(value) { return .repeated }
        return contradicts(found, event) ? .repeated : found
    }

    private func hasBearer(_ value: [UInt8]) -> Bool {
        value.split(separator: UInt8(ascii: ",")).contains { Self.bearer(Array($0), source: 0) != .absent }
    }

    /// HTTP APIs repeat their identity sources in `identitySource` and `authorizationToken`, with commas between. Where a
    /// token stands there, it must be the header's.
    private func contradicts(_ found: FoundCredential, _ event: EventDocument) -> Bool {
        guard case .token(let token, _) = found else { return false }
        let repeated = [event.text("authorizationToken"), event.text("identitySource")] + event.texts("identitySource")
        let words = repeated.compactMap(\.text).flatMap { $0.split(separator: UInt8(ascii: ",")) }
        return words.contains { word in
            guard case .token(let other, _) = Self.bearer(Array(word), source: 0) else { return false }
            return other != token
        }
    }

    private func bare(_ lookup: HeaderLookup, source: Int) -> FoundCredential {
        switch lookup {
        case .absent: return .absent
        case .repeated: return .repeated
        case .malformed: return .malformed
        case .one(let value):
            if isJoined, value.contains(UInt8(ascii: ",")) { return .repeated }
            let token = Self.trimmed(value[...])
            return token.isEmpty ? .malformed : .token(Array(token), source: source)
        }
    }

    private static func trimmed(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var value = value.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = value.last, last == 0x20 || last == 0x09 { value.removeLast() }
        return value
    }
}

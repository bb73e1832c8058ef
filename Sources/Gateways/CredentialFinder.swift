package import Authorization
package import HTTPWire

/// Finds the one token that a request brings, in the places where the policy's issuers expect it. Two tokens are never
/// weighed against each other: they are `repeated`.
package enum CredentialFinder {
    package static func find(
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        _ sources: [CredentialSource]
    ) -> AuthorizationRequest.Credential {
        var found = AuthorizationRequest.Credential.absent
        for index in sources.indices {
            let next =
                switch sources[index] {
                case .authorization: bearer(head, bytes, source: index)
                case .header(let name): bare(head.fields.single(named: Array(name.utf8), in: bytes), source: index)
                case .cookie(let name): cookie(Array(name.utf8), head, bytes, source: index)
                }
            guard next != .absent else { continue }
            guard found == .absent else { return .repeated }
            found = next
        }
        return found
    }

    /// `Authorization: Bearer TOKEN` (RFC 6750 §2.1), the scheme in any case (RFC 9110 §11.1). Another scheme is no
    /// credential of ours, but a second Authorization field is one too many whatever it holds.
    private static func bearer(
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        source: Int
    ) -> AuthorizationRequest.Credential {
        let value: Range<Int>
        switch head.fields.single(.authorization) {
        case .absent: return .absent
        case .repeated: return .repeated
        case .one(let field): value = field.range
        }
        let scheme: StaticString = "bearer"
        let length = scheme.utf8CodeUnitCount
        guard value.count >= length, isScheme(bytes, value.lowerBound, scheme) else { return .absent }
        var start = value.lowerBound + length
        guard start < value.upperBound else { return .malformed }
        // "Bearerx" is another scheme.
        guard bytes[start] == UInt8(ascii: " ") else { return .absent }
        while start < value.upperBound, bytes[start] == UInt8(ascii: " ") { start += 1 }
        // Whether the rest is one token and not two is seen when it is taken apart: neither has a blank or a comma.
        return start < value.upperBound ? .token(start..<value.upperBound, source: source) : .malformed
    }

    private static func isScheme(_ bytes: Span<UInt8>, _ start: Int, _ scheme: StaticString) -> Bool {
        // Safe: the loop stays within the literal's own length.
        let expected = unsafe UnsafeBufferPointer(start: scheme.utf8Start, count: scheme.utf8CodeUnitCount)
        for index in 0..<expected.count where unsafe bytes[start + index] | 0x20 != expected[index] { return false }
        return true
    }

    private static func bare(_ lookup: FieldLookup, source: Int) -> AuthorizationRequest.Credential {
        switch lookup {
        case .absent: .absent
        case .repeated: .repeated
        case .one(let field): field.isEmpty ? .malformed : .token(field.range, source: source)
        }
    }

    /// The value of the cookie `name` (RFC 6265 §4.2.1), without quotes. Several Cookie fields are one list (RFC 9113
    /// §8.2.3); the same name twice is repeated.
    private static func cookie(
        _ name: [UInt8],
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        source: Int
    ) -> AuthorizationRequest.Credential {
        guard head.fields.contains(.cookie) else { return .absent }
        var found: Range<Int>?
        for field in head.fields.list where field.known == .cookie {
            var pair = field.value.range.lowerBound
            while pair < field.value.range.upperBound {
                var end = pair
                while end < field.value.range.upperBound, bytes[end] != UInt8(ascii: ";") { end += 1 }
                if let value = value(of: name, bytes, in: pair..<end) {
                    guard found == nil else { return .repeated }
                    found = value
                }
                pair = end + 1
            }
        }
        return found.map { $0.isEmpty ? .malformed : .token($0, source: source) } ?? .absent
    }

    private static func value(of name: [UInt8], _ bytes: Span<UInt8>, in pair: Range<Int>) -> Range<Int>? {
        var start = pair.lowerBound
        while start < pair.upperBound, bytes[start] == UInt8(ascii: " ") { start += 1 }
        let equals = start + name.count
        guard equals < pair.upperBound, bytes[equals] == UInt8(ascii: "=") else { return nil }
        for offset in name.indices where bytes[start + offset] != name[offset] { return nil }
        return (equals + 1)..<pair.upperBound
    }
}

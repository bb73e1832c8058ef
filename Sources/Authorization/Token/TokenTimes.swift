internal import StrictJSON

/// The times that a token's claims name (RFC 7519 §4.1.4–§4.1.6).
struct TokenTimes {
    enum Claim {
        case absent
        /// Not a NumericDate.
        case malformed
        case at(Double)
    }

    var expiry = Claim.absent
    var notBefore = Claim.absent
    var issuedAt = Claim.absent

    init() {}

    init(_ document: JSONDocument, _ registered: RegisteredClaims, _ bytes: Span<UInt8>) {
        expiry = Self.read(document, registered.expiry, bytes)
        notBefore = Self.read(document, registered.notBefore, bytes)
        issuedAt = Self.read(document, registered.issuedAt, bytes)
    }

    private static func read(_ document: JSONDocument, _ node: Int, _ bytes: Span<UInt8>) -> Claim {
        guard node >= 0 else { return .absent }
        return NumericDate.read(document, node, bytes).map { .at($0) } ?? .malformed
    }
}

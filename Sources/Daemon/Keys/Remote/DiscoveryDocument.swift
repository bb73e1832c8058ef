internal import StrictJSON

/// What an issuer says of itself (OpenID Connect Discovery §3, §4; RFC 8414 §3): only what is needed to find its keys.
struct DiscoveryDocument: Equatable {
    enum Refusal: Error, Equatable {
        case notAnObject
        /// It speaks for another issuer (§4.3): exactly the configured text, or nothing.
        case otherIssuer
        case noKeySet
    }

    /// `jwks_uri`, as it stands.
    let keySet: String

    init(_ body: Span<UInt8>, of issuer: String) throws(Refusal) {
        var document = JSONDocument()
        guard document.parse(body) == nil, document.rootKind == .object else { throw .notAnObject }
        guard let node = document.member("issuer", of: 0, in: body), let name = document.string(node, in: body),
            name.utf8.elementsEqual(issuer.utf8)
        else { throw .otherIssuer }
        guard let place = document.member("jwks_uri", of: 0, in: body), let url = document.string(place, in: body)
        else { throw .noKeySet }
        keySet = url
    }

    /// Where an issuer's document stands: a slash at its end is not doubled (§4.1).
    static func address(of issuer: String) -> String {
        var base = issuer[...]
        if base.last == "/" { base.removeLast() }
        return base + "/.well-known/openid-configuration"
    }
}

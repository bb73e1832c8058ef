internal import StrictJSON

/// Where the registered claims stand (RFC 7519 §4.1), found in one pass over the claims set; -1: absent.
struct RegisteredClaims {
    var issuer = -1
    var subject = -1
    var audience = -1
    var expiry = -1
    var notBefore = -1
    var issuedAt = -1
    var tokenID = -1

    static let none = RegisteredClaims()

    private init() {}

    init(_ document: JSONDocument, _ bytes: Span<UInt8>) {
        let end = Int(document.nodes[0].next)
        var name = 1
        while name < end {
            let value = name + 1
            if document.nodes[name].isEscaped || document.nodes[name].range.count == 3 {
                note(document, name, value, bytes)
            }
            name = Int(document.nodes[value].next)
        }
    }

    private mutating func note(_ document: JSONDocument, _ name: Int, _ value: Int, _ bytes: Span<UInt8>) {
        switch ThreeLetters(document, name, bytes) {
        case .exp: expiry = value
        case .iat: issuedAt = value
        case .sub: subject = value
        case .iss: issuer = value
        case .aud: audience = value
        case .nbf: notBefore = value
        case .jti: tokenID = value
        default: break
        }
    }
}

/// The `kty` of a JWK (RFC 7518 §6.1, RFC 8037 §2). Case-sensitive.
enum JWKType: String {
    case octets = "oct"
    case rsa = "RSA"
    case ellipticCurve = "EC"
    case octetKeyPair = "OKP"

    /// The algorithms that some key of the type can serve.
    var algorithms: Set<SignatureAlgorithm> {
        let family: SignatureAlgorithm.Family =
            switch self {
            case .octets: .hmac
            case .rsa: .rsa
            case .ellipticCurve: .ecdsa
            case .octetKeyPair: .edwards
            }
        return Set(SignatureAlgorithm.allCases.filter { $0.family == family })
    }

    /// The members that only a private key has.
    var privateMembers: [StaticString] {
        switch self {
        case .octets: []
        case .rsa: ["d", "p", "q", "dp", "dq", "qi", "oth"]
        case .ellipticCurve, .octetKeyPair: ["d"]
        }
    }
}

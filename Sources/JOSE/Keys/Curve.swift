/// A curve that an algorithm uses, under its name in a JWK (RFC 7518 §6.2.1.1, RFC 8037 §2).
enum Curve: String, Sendable, CaseIterable {
    case p256 = "P-256"
    case p384 = "P-384"
    case p521 = "P-521"
    case ed25519 = "Ed25519"
    case ed448 = "Ed448"

    /// The bytes of a coordinate of an EC point, or of a whole EdDSA public key.
    var coordinateBytes: Int {
        switch self {
        case .p256, .ed25519: 32
        case .p384: 48
        case .p521: 66
        case .ed448: 57
        }
    }

    /// Whether a public key is one encoded point (RFC 8032) and not two coordinates.
    var isEdwards: Bool { self == .ed25519 || self == .ed448 }

    /// The algorithms that a key on the curve can serve; for ECDSA exactly one (RFC 7518 §3.4).
    var algorithms: Set<SignatureAlgorithm> {
        switch self {
        case .p256: [.es256]
        case .p384: [.es384]
        case .p521: [.es512]
        case .ed25519: [.edDSA, .ed25519]
        case .ed448: [.edDSA, .ed448]
        }
    }

    /// The curve that libcrypto calls by `name`.
    init?(groupName name: String) {
        switch name {
        case "prime256v1", "P-256": self = .p256
        case "secp384r1", "P-384": self = .p384
        case "secp521r1", "P-521": self = .p521
        default: return nil
        }
    }
}

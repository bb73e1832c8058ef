/// A signature algorithm of RFC 7518 §3.1, RFC 8037 §3.1 and RFC 9864 §2.2 that authd verifies. What is not here cannot be
/// configured, and `none` does not exist. A token's `alg` only selects within what its issuer allows (RFC 8725 §3.1).
package enum SignatureAlgorithm: String, Sendable, CaseIterable, Hashable {
    case hs256 = "HS256"
    case hs384 = "HS384"
    case hs512 = "HS512"
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    /// Ed25519 or Ed448, whichever curve the key is on.
    case edDSA = "EdDSA"
    case ed25519 = "Ed25519"
    case ed448 = "Ed448"

    /// What a key must be to serve an algorithm.
    package enum Family: Sendable, Equatable {
        case hmac
        /// PKCS #1 v1.5 and PSS alike: the same key can make both.
        case rsa
        case ecdsa
        case edwards
    }

    package var family: Family {
        switch self {
        case .hs256, .hs384, .hs512: .hmac
        case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: .rsa
        case .es256, .es384, .es512: .ecdsa
        case .edDSA, .ed25519, .ed448: .edwards
        }
    }

    /// Whether the key that verifies could also sign. Secrets and public keys never meet in one issuer, since a public key
    /// that is taken for a secret lets everybody sign (CVE-2015-9235).
    package var isSymmetric: Bool { family == .hmac }

    /// The output of the hash in bytes, which is also the least length of an HMAC key (RFC 7518 §3.2); 0 for EdDSA, which
    /// hashes in its own way.
    package var digestBytes: Int {
        switch self {
        case .hs256, .rs256, .ps256, .es256: 32
        case .hs384, .rs384, .ps384, .es384: 48
        case .hs512, .rs512, .ps512, .es512: 64
        case .edDSA, .ed25519, .ed448: 0
        }
    }

    /// The algorithm's place in `allCases`.
    package var position: Int {
        switch self {
        case .hs256: 0
        case .hs384: 1
        case .hs512: 2
        case .rs256: 3
        case .rs384: 4
        case .rs512: 5
        case .ps256: 6
        case .ps384: 7
        case .ps512: 8
        case .es256: 9
        case .es384: 10
        case .es512: 11
        case .edDSA: 12
        case .ed25519: 13
        case .ed448: 14
        }
    }

    /// The algorithm that `bytes[range]` names: exact and case-sensitive (RFC 7515 §4.1.1).
    package init?(_ bytes: Span<UInt8>, in range: Range<Int>) {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
        let name = bytes.extracting(range)
        guard name.count == 5, let size = Size(name[2], name[3], name[4]) else {
            guard name.count <= 7, let known = Self.edwards(name) else { return nil }
            self = known
            return
        }
        switch (name[0], name[1], size) {
        case (UInt8(ascii: "H"), UInt8(ascii: "S"), .bits256): self = .hs256
        case (UInt8(ascii: "H"), UInt8(ascii: "S"), .bits384): self = .hs384
        case (UInt8(ascii: "H"), UInt8(ascii: "S"), .bits512): self = .hs512
        case (UInt8(ascii: "R"), UInt8(ascii: "S"), .bits256): self = .rs256
        case (UInt8(ascii: "R"), UInt8(ascii: "S"), .bits384): self = .rs384
        case (UInt8(ascii: "R"), UInt8(ascii: "S"), .bits512): self = .rs512
        case (UInt8(ascii: "P"), UInt8(ascii: "S"), .bits256): self = .ps256
        case (UInt8(ascii: "P"), UInt8(ascii: "S"), .bits384): self = .ps384
        case (UInt8(ascii: "P"), UInt8(ascii: "S"), .bits512): self = .ps512
        case (UInt8(ascii: "E"), UInt8(ascii: "S"), .bits256): self = .es256
        case (UInt8(ascii: "E"), UInt8(ascii: "S"), .bits384): self = .es384
        case (UInt8(ascii: "E"), UInt8(ascii: "S"), .bits512): self = .es512
        default: return nil
        }
    }

    private enum Size {
        case bits256, bits384, bits512

        @inline(__always)
        init?(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
            switch (first, second, third) {
            case (UInt8(ascii: "2"), UInt8(ascii: "5"), UInt8(ascii: "6")): self = .bits256
            case (UInt8(ascii: "3"), UInt8(ascii: "8"), UInt8(ascii: "4")): self = .bits384
            case (UInt8(ascii: "5"), UInt8(ascii: "1"), UInt8(ascii: "2")): self = .bits512
            default: return nil
            }
        }
    }

    private static func edwards(_ name: Span<UInt8>) -> SignatureAlgorithm? {
        switch name.count {
        case 5: name.hasPrefix("EdDSA") ? .edDSA : name.hasPrefix("Ed448") ? .ed448 : nil
        case 7: name.hasPrefix("Ed25519") ? .ed25519 : nil
        default: nil
        }
    }
}

/// A signature algorithm of RFC 7518 §3.1 that authd verifies. What is not here cannot be configured, and `none` does not
/// exist. A token's `alg` only selects within what its issuer allows (RFC 8725 §3.1).
package enum SignatureAlgorithm: String, Sendable, CaseIterable, Hashable {
    case hs256 = "HS256"
    case hs384 = "HS384"
    case hs512 = "HS512"

    /// What a key must be to serve an algorithm. Keys of two families never meet in one issuer.
    package enum Family: Sendable, Equatable {
        case hmac
    }

    package var family: Family {
        switch self {
        case .hs256, .hs384, .hs512: .hmac
        }
    }

    /// The hash's output in bytes, which is also the least length of an HMAC key (RFC 7518 §3.2).
    package var digestBytes: Int {
        switch self {
        case .hs256: 32
        case .hs384: 48
        case .hs512: 64
        }
    }

    /// The only length a signature may have.
    package var signatureBytes: Int { digestBytes }

    /// The algorithm that `bytes[range]` names: exact and case-sensitive (RFC 7515 §4.1.1).
    package init?(_ bytes: Span<UInt8>, in range: Range<Int>) {
        guard range.count == 5, bytes[range.lowerBound] == UInt8(ascii: "H"),
            bytes[range.lowerBound + 1] == UInt8(ascii: "S")
        else { return nil }
        let digits = (
            bytes[range.lowerBound + 2], bytes[range.lowerBound + 3], bytes[range.lowerBound + 4]
        )
        switch digits {
        case (UInt8(ascii: "2"), UInt8(ascii: "5"), UInt8(ascii: "6")): self = .hs256
        case (UInt8(ascii: "3"), UInt8(ascii: "8"), UInt8(ascii: "4")): self = .hs384
        case (UInt8(ascii: "5"), UInt8(ascii: "1"), UInt8(ascii: "2")): self = .hs512
        default: return nil
        }
    }
}

import Authorization

/// Why authd and another verifier may judge a token differently. Each kind is a rule about the token that can be looked up;
/// what fits none is a fault of one of the two.
enum Difference: String, CaseIterable {
    // authd denies what the other allows.
    case textNotCanonical =
        "padding or spare bits in base64url (RFC 7515 §2, RFC 4648 §3.5): one token would have many texts"
    case nameTwice = "a name stands twice in an object (RFC 8725 §2.4, RFC 7515 §4): two readers could read two values"
    case notPlainJSON = "no JSON text in plain UTF-8 (RFC 8259 §8.1): byte order marks, UTF-16, trailing commas, NaN"
    case deep = "nested deeper than authd reads (RFC 8259 §9)"
    case long = "longer than authd reads"
    case time = "a time that is no number below 2^53 (RFC 7519 §2)"
    case audience = "an audience that is neither a string nor strings (RFC 7519 §4.1.3)"
    case name = "iss, sub or jti that is no string (RFC 7519 §4.1)"
    case header = "alg, kid or typ that is no string (RFC 7515 §4.1)"
    case `extension` =
        "an extension that authd does not have, or one that is not listed (RFC 7515 §4.1.11, RFC 7797 §6)"
    case type = "the issuer's explicit type (RFC 8725 §3.11), which the library leaves to its caller"
    case lifetime = "the issuer's longest lifetime, which the library does not have"
    case keyName = "the name of a key that is not there"
    case fractionOfStart =
        "nbf or iat with a fraction of a second, which the library cuts off, so that it begins too early"
    // authd allows what the other denies.
    case fractionOfEnd = "exp with a fraction of a second (RFC 7519 §2 allows it), which the library cuts off"
    case unusedParameter =
        "a header parameter that authd does not use has a form that the library does not like (RFC 7515 §4)"
    case emptyClaim = "a required claim is an empty text, which names nobody"
    case escapedSurrogate = "an escaped lone surrogate (RFC 8259 §8.2 leaves it open), in a text that decides nothing"

    /// Whether authd is the stricter one.
    var isStrict: Bool {
        switch self {
        case .fractionOfEnd, .unusedParameter, .escapedSurrogate: false
        default: true
        }
    }

    /// Who judged otherwise.
    enum Other: Hashable, CustomStringConvertible {
        case swiftCrypto
        case python(PythonJudge.Library)

        var description: String {
            switch self {
            case .swiftCrypto: "swift-crypto"
            case .python(let library): library.rawValue
            }
        }
    }

    /// Whether this is the reason.
    /// - Parameters:
    ///   - facts: what `judge.py` found in the token's JSON.
    ///   - reason: authd's.
    func explains(_ token: GeneratedToken, _ facts: String, _ reason: Reason, _ other: Other) -> Bool {
        switch self {
        case .textNotCanonical: reason == .tokenMalformed && !token.isCanonical
        case .nameTwice: reason == .tokenMalformed && facts.contains("D")
        case .notPlainJSON:
            reason == .tokenMalformed && (facts.contains("E") || facts.contains("C") || facts.contains("J"))
        case .deep: reason == .tokenMalformed && facts.contains("N")
        case .long: reason == .tokenTooLong && token.bytes.count > 8192
        case .time: reason == .claimMalformed && facts.contains("T")
        case .audience: reason == .claimMalformed && facts.contains("A")
        case .name: reason == .claimMalformed && facts.contains("S")
        case .header: reason == .tokenMalformed && facts.contains("K")
        case .extension: reason == .criticalHeaderUnsupported && facts.contains("X")
        case .type: reason == .typeNotAllowed && other != .swiftCrypto
        case .lifetime: reason == .lifetimeTooLong && other != .swiftCrypto
        case .keyName: reason == .keyUnknown
        case .fractionOfStart:
            other == .python(.pyjwt) && facts.contains("F")
                && (reason == .tokenNotYetValid || reason == .issuedInFuture)
        case .fractionOfEnd: other == .python(.pyjwt) && facts.contains("F") && reason == .allowed
        case .unusedParameter: reason == .allowed && other == .python(.joserfc) && token.hasUnusedParameter
        case .emptyClaim: reason == .claimMissing && token.hasEmptySubject
        case .escapedSurrogate: reason == .allowed && other == .swiftCrypto && token.hasEscapedSurrogate
        }
    }
}

extension GeneratedToken {
    private var parts: [ArraySlice<UInt8>] {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    }

    /// Whether the three parts are base64url as encoding gives it.
    var isCanonical: Bool { parts.count == 3 && parts.allSatisfy { Base64.isCanonical($0) } }

    private func text(_ index: Int) -> String {
        let parts = parts
        guard index < parts.count, let data = Base64.decode(parts[index]) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }

    /// `jku` that is no address, `cty` that is no string, and their kin.
    var hasUnusedParameter: Bool {
        ["\"jku\"", "\"x5u\"", "\"jwk\"", "\"x5c\"", "\"x5t\"", "\"cty\""].contains { text(0).contains($0) }
    }

    /// Only `sub` is both required of some tokens and empty in some.
    var hasEmptySubject: Bool { text(1).contains("\"sub\":\"\"") }

    var hasEscapedSurrogate: Bool {
        text(0).contains("\\ud8") || text(1).contains("\\ud8") || text(1).contains("\\udf")
    }
}

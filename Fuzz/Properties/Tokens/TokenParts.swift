internal import JOSE

/// A token before it is encoded: header, claims and signature, a line each.
struct TokenParts {
    let header: [UInt8]
    let claims: [UInt8]
    let signature: [UInt8]

    /// - Returns: nil unless the input begins like a header.
    init?(_ input: [UInt8]) {
        guard input.first == UInt8(ascii: "{") else { return nil }
        let lines = input.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
        header = Array(lines[0])
        claims = lines.count > 1 ? Array(lines[1]) : []
        signature = lines.count > 2 ? Array(lines[2]) : []
    }

    /// What is signed (RFC 7515 §5.1).
    var signingInput: [UInt8] {
        var text: [UInt8] = []
        Base64URL.encode(header.span, to: &text)
        text.append(UInt8(ascii: "."))
        Base64URL.encode(claims.span, to: &text)
        return text
    }

    var token: [UInt8] { Self.token(signingInput, signature) }

    static func token(_ signingInput: [UInt8], _ signature: [UInt8]) -> [UInt8] {
        var text = signingInput + [UInt8(ascii: ".")]
        Base64URL.encode(signature.span, to: &text)
        return text
    }
}

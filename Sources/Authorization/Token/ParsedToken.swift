internal import JOSE
internal import StrictJSON

/// A token taken apart: a pure function of its text, so it stays true whatever happens to keys, policy and clock. It has
/// the right form and nobody has vouched for it. Only its header and its `iss` may be looked at before that, to find the key.
final class ParsedToken {
    /// The token's own text; all ranges count from its start.
    private(set) var text: [UInt8] = []
    private(set) var headerBytes: [UInt8] = []
    private(set) var claimsBytes: [UInt8] = []
    private(set) var signatureBytes: [UInt8] = []
    private(set) var header = JSONDocument()
    private(set) var claims = JSONDocument()
    private(set) var facts = JOSEHeader.none
    private(set) var registered = RegisteredClaims.none
    /// What is signed (RFC 7515 §5.1).
    private(set) var signingInput = 0..<0
    /// How many of `signatureBytes` are the signature.
    private(set) var signatureCount = 0
    /// When it expires, may be used from, and was issued, read once.
    private(set) var times = TokenTimes()
    /// What has been found out about it.
    var verdict = TokenVerdict()
    /// The identity headers for the verdict's rule.
    var identity = IdentityValues()

    /// Takes another token apart, in the same memory.
    /// - Returns: false unless it is a compact JWS whose header and claims are JSON objects (RFC 7519 §7.2); then nothing
    ///   in here means anything.
    func parse(_ token: Span<UInt8>) -> Bool {
        verdict = TokenVerdict()
        text.removeAll(keepingCapacity: true)
        token.append(to: &text)
        let text = self.text
        guard let jws = CompactJWS(text.span, in: 0..<text.count) else { return false }
        signingInput = jws.signingInput
        guard let headerCount = Self.decode(text, jws.header, &headerBytes),
            let claimsCount = Self.decode(text, jws.payload, &claimsBytes),
            let signatureCount = Self.decode(text, jws.signature, &signatureBytes)
        else { return false }
        self.signatureCount = signatureCount
        return readHeader(headerCount) && readClaims(claimsCount)
    }

    private static func decode(_ text: [UInt8], _ range: Range<Int>, _ output: inout [UInt8]) -> Int? {
        let needed = range.count / 4 * 3 + 3
        if output.count < needed { output = [UInt8](repeating: 0, count: needed) }
        return Base64URL.decode(text.span, in: range, into: &output)
    }

    private func readHeader(_ count: Int) -> Bool {
        let bytes = headerBytes
        guard header.parse(bytes.span, in: 0..<count, limits: .token) == nil,
            let facts = JOSEHeader(header, bytes.span)
        else { return false }
        self.facts = facts
        return true
    }

    private func readClaims(_ count: Int) -> Bool {
        let bytes = claimsBytes
        guard claims.parse(bytes.span, in: 0..<count, limits: .token) == nil, claims.rootKind == .object else {
            return false
        }
        registered = RegisteredClaims(claims, bytes.span)
        times = TokenTimes(claims, registered, bytes.span)
        return true
    }

    /// Whether this is the token `other`.
    func isText(_ other: Span<UInt8>) -> Bool {
        let text = self.text
        return text.span.isEqual(to: other)
    }
}

internal import StrictJSON

/// A verified token against the revocation list.
struct RevocationCheck {
    let table: RevocationTable
    let token: ParsedToken
    let issuer: Int

    /// - Returns: `token_revoked`, or nil.
    func failure(_ trace: inout some DecisionTrace) -> Reason? {
        if isTokenRevoked() {
            trace.note(.revocation, .tokenRevoked, "its jti is on the list")
            return .tokenRevoked
        }
        if isSubjectRevoked() {
            trace.note(.revocation, .tokenRevoked, "tokens of its sub from this time are on the list")
            return .tokenRevoked
        }
        trace.note(.revocation, nil, "\(table.count) entries")
        return nil
    }

    private func isTokenRevoked() -> Bool {
        let node = token.registered.tokenID
        guard node >= 0 else { return false }
        return withText(node) { table.isRevoked(tokenID: $0, issuer: issuer) }
    }

    /// A token that does not say when it was issued may be an old one.
    private func isSubjectRevoked() -> Bool {
        let node = token.registered.subject
        guard node >= 0, let moment = withText(node, { table.revokedBefore(subject: $0, issuer: issuer) }) else {
            return false
        }
        guard case .at(let issued) = token.times.issuedAt else { return true }
        return issued < moment.seconds
    }

    private func withText<Result>(_ node: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        let bytes = token.claimsBytes
        guard token.claims.nodes[node].isEscaped else {
            return body(bytes.span.extracting(token.claims.nodes[node].range))
        }
        var text: [UInt8] = []
        token.claims.appendString(node, in: bytes.span, to: &text)
        return body(text.span)
    }
}

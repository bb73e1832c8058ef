internal import StrictJSON

extension Authorizer {
    /// The claims at `paths` of the token that was verified for `decision`, for its line in a log. Copies them, so it is
    /// for decisions that are logged only.
    /// - Parameter decision: the last one that this authorizer made.
    /// - Returns: nil where no token was verified, whatever one was brought.
    package func claims(_ paths: [ClaimPath], of decision: Decision) -> ClaimFacts? {
        // The issuer stands in a decision only after a signature held, and then the current token is the one it held for.
        guard decision.issuer != nil, !paths.isEmpty else { return nil }
        let claims = reader.current.claims
        let bytes = reader.current.claimsBytes
        guard claims.rootKind == .object else { return nil }
        var facts = ClaimFacts()
        for path in paths {
            guard let value = Self.claim(path, claims, bytes.span) else { continue }
            if let value { facts.values.append(value) } else { facts.absent.append(path) }
        }
        // Scopes stand in one of two places, and a rule does not say in which.
        guard paths.contains(where: \.isScope) else { return facts }
        for twin in ClaimPath.scopes where !paths.contains(where: { $0.isSame(as: twin) }) {
            if case .some(.some(let value)) = Self.claim(twin, claims, bytes.span) { facts.values.append(value) }
        }
        return facts
    }

    /// - Returns: nil where the claim is no text because a surrogate stands alone in it; a nil value where it is absent.
    private static func claim(_ path: ClaimPath, _ claims: JSONDocument, _ bytes: Span<UInt8>) -> ClaimFacts.Value?? {
        let node = claims.node(at: path.names.map { Array($0.utf8) }, in: bytes)
        guard let node, claims.nodes[node].kind != .null else { return .some(nil) }
        for index in node..<Int(claims.nodes[node].next) where claims.nodes[index].isEscaped {
            var text: [UInt8] = []
            claims.appendString(index, in: bytes, to: &text)
            guard UTF8Sequence.isWellFormed(text.span) else { return nil }
        }
        return ClaimFacts.Value(claim: path, value: claims.value(node, in: bytes))
    }
}

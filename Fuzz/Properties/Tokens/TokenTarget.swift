internal import Authorization
internal import JOSE

/// Tokens (RFC 7515, RFC 7519). An input is a token's text; or, beginning with `{`, its header, its claims and its
/// signature as they are before they are encoded, a line each, so that the fuzzer gets behind the base64url.
///
/// No input is ever let in, because nobody who makes inputs knows a key. The same header and claims are then signed with
/// the key, to hold what is let in against rules that are written down a second time in `TokenRules`.
package final class TokenTarget: FuzzTarget {
    private static let paths = ["/any/x", "/named/x", "/role", "/either"]
    private let world = FuzzWorld()
    private let used: UsedAuthorizer

    package init() { used = UsedAuthorizer(world) }

    package func check(_ input: Span<UInt8>) throws(Violation) {
        let parts = TokenParts(input.array)
        let token = parts?.token ?? input.array
        for path in Self.paths {
            let decision = try used.decide(Question(path: path, token: token))
            try require(decision.outcome != .allow, "no token is let in that no key has signed")
            try require(decision.issuer == nil, "no issuer is named for a token that no key has signed")
            try require(used.identityIsEmpty, "nobody is named for a token that is refused")
        }
        guard let parts, let signed = SignedToken(parts, world) else { return }
        for path in Self.paths { try checkSigned(signed, path) }
    }

    private func checkSigned(_ signed: SignedToken, _ path: String) throws(Violation) {
        let question = Question(path: path, token: signed.token)
        let decision = try used.decide(question)
        let again = try used.decide(question)
        try require(again == decision, "a token that is remembered is decided like a new one")
        guard decision.outcome == .allow else { return }
        try TokenRules(signed.parts, path: path, issuer: decision.issuer).check()
        try require(used.identityIsPlain, "what is told of a client is visible ASCII and no more")
        let broken = try used.decide(Question(path: path, token: signed.broken))
        try require(broken.outcome != .allow, "one bit of a signature matters")
        let expired = try used.decide(question, now: Timestamp(seconds: 0x1p53))
        try require(expired.reason == .tokenExpired, "every token ends")
        try checkChanges(question, signed, decision)
    }

    /// What was allowed and is remembered is decided anew when the world has changed.
    private func checkChanges(_ question: Question, _ signed: SignedToken, _ decision: Decision) throws(Violation) {
        let keyless = try used.decide(question, in: world.snapshot(keyRings: []))
        try require(keyless.reason == .keysUnavailable, "keys that are gone count no more")
        for entry in signed.parts.revocations {
            let revoked = try used.decide(question, in: world.snapshot(revoking: entry))
            try require(revoked.reason == .tokenRevoked, "a token that was revoked counts no more")
        }
        let after = try used.decide(question, in: world.snapshot)
        try require(after == decision, "a world that is as it was decides as it did")
    }
}

/// A decision as it was written down: what was asked, as far as rules look at it, and what became of it.
package struct RecordedDecision: Sendable, Equatable {
    package var time: Timestamp?
    package var method: String
    /// Canonical; nil where the request brought none or none that is a host.
    package var host: String?
    /// Canonical and without the query; nil where the path was refused or never read.
    package var path: String?
    /// Whether the path was too long for its line.
    package var isPathCut: Bool
    package var reason: Reason
    package var shadowReason: Reason?
    package var rule: String?
    package var issuer: String?
    package var claims: ClaimFacts

    package init(
        reason: Reason,
        method: String,
        host: String? = nil,
        path: String?,
        rule: String? = nil,
        issuer: String? = nil,
        shadowReason: Reason? = nil,
        claims: ClaimFacts = ClaimFacts(),
        time: Timestamp? = nil,
        isPathCut: Bool = false
    ) {
        self.time = time
        self.method = method
        self.host = host
        self.path = path
        self.isPathCut = isPathCut
        self.reason = reason
        self.shadowReason = shadowReason
        self.rule = rule
        self.issuer = issuer
        self.claims = claims
    }

    package var outcome: Decision.Outcome { Decision(reason).outcome }

    /// Whether no policy could have changed it: it was refused before a rule was looked for.
    var isBeforePolicy: Bool {
        switch reason {
        case .hostInvalid, .peerNotAllowed, .overloaded: true
        default: path == nil
        }
    }

    /// What became of the request's token.
    enum Token: Equatable {
        /// Nobody has looked at it, or there was none to look at.
        case unseen
        case failed(Reason)
        /// It was verified and valid. - Parameter inDoubt: whether it may be the issuer's own claims that did not match.
        case valid(issuer: String, inDoubt: Bool)
    }

    var token: Token {
        let reason = shadowReason ?? reason
        switch (reason.kind, issuer) {
        case (.allowed, let issuer?), (.insufficient, let issuer?):
            return .valid(issuer: issuer, inDoubt: reason == .claimMismatch)
        case (.allowed, nil), (.insufficient, nil), (.refused, _): return .unseen
        case (.credentialMissing, _), (.credentialRepeated, _), (.credentialInvalid, _), (.ownFailure, _):
            return .failed(reason)
        }
    }
}

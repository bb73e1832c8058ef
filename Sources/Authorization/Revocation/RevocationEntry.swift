/// One line of a revocation list.
package struct RevocationEntry: Sendable, Equatable {
    package enum Subject: Sendable, Equatable {
        /// The one token with this `jti` (RFC 7519 §4.1.7).
        case token(id: String)
        /// Every token of a `sub` that was issued before a moment (RFC 7519 §4.1.6), or that does not say when.
        case subject(String, issuedBefore: Timestamp)
    }

    package var subject: Subject
    /// The index of the only issuer that it speaks of; nil: every issuer.
    package var issuer: Int?

    package init(_ subject: Subject, issuer: Int? = nil) {
        self.subject = subject
        self.issuer = issuer
    }
}

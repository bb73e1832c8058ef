/// What a verified token must bring besides being valid.
package struct Requirement: Sendable, Equatable {
    /// The name of the only issuer whose tokens count; nil: any configured one.
    package var issuer: String?
    /// All of these scopes.
    package var scopes: [String]
    /// All of these claims.
    package var claims: [ClaimRequirement]

    package init(issuer: String? = nil, scopes: [String] = [], claims: [ClaimRequirement] = []) {
        self.issuer = issuer
        self.scopes = scopes
        self.claims = claims
    }
}

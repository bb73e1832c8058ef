/// What a verified token must bring besides being valid. All parts must be met; an empty requirement is met by every token.
package struct Requirement: Sendable, Equatable {
    /// The name of the only issuer whose tokens count; nil: any configured one.
    package var issuer: String?
    /// All of these scopes.
    package var scopes: [String]
    /// All of these claims.
    package var claims: [ClaimRequirement]
    /// All of these as well.
    package var allOf: [Requirement]
    /// At least one of these; empty: nothing more is asked.
    package var anyOf: [Requirement]

    /// How deep requirements stand in each other at most.
    package static let maximumDepth = 4
    /// How many requirements one rule holds at most, all depths together.
    package static let maximumParts = 64

    package init(
        issuer: String? = nil,
        scopes: [String] = [],
        claims: [ClaimRequirement] = [],
        allOf: [Requirement] = [],
        anyOf: [Requirement] = []
    ) {
        self.issuer = issuer
        self.scopes = scopes
        self.claims = claims
        self.allOf = allOf
        self.anyOf = anyOf
    }
}

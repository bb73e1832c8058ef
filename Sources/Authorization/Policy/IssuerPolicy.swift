package import JOSE

/// What tokens of one issuer must be. Times are in seconds.
package struct IssuerPolicy: Sendable, Equatable {
    /// The name in the configuration: in rules, logs and metrics.
    package var name: String
    /// The exact `iss`; nil: `iss` is not looked at.
    package var issuer: String?
    /// Any of these must be in `aud`; empty: `aud` is not looked at.
    package var audiences: [String]
    /// Never empty; either all HMAC or none.
    package var algorithms: [SignatureAlgorithm]
    /// Grace for `exp`, `nbf` and `iat`; 0 means none.
    package var leeway: Double
    /// The longest life: `exp - iat`, or `exp - now` where there is no `iat`; nil: any.
    package var maximumLifetime: Double?
    /// Claims that must be there.
    package var requiredClaims: [String]
    /// Accepted `typ` values without `application/`, compared without case (RFC 7515 §4.1.9); empty: any.
    package var types: [String]
    /// Values that claims must have in every token of the issuer, such as `token_use`.
    package var claims: [ClaimRequirement]
    /// Whether a token whose `iat` lies in the future is refused.
    package var refusesFutureIssue: Bool
    /// Where the token stands in a request.
    package var credential: CredentialSource

    package init(
        name: String,
        issuer: String? = nil,
        audiences: [String] = [],
        algorithms: [SignatureAlgorithm],
        leeway: Double = 30,
        maximumLifetime: Double? = 86_400,
        requiredClaims: [String] = ["exp"],
        types: [String] = [],
        claims: [ClaimRequirement] = [],
        refusesFutureIssue: Bool = true,
        credential: CredentialSource = .authorization
    ) {
        self.name = name
        self.issuer = issuer
        self.audiences = audiences
        self.algorithms = algorithms
        self.leeway = leeway
        self.maximumLifetime = maximumLifetime
        self.requiredClaims = requiredClaims
        self.types = types
        self.claims = claims
        self.refusesFutureIssue = refusesFutureIssue
        self.credential = credential
    }
}

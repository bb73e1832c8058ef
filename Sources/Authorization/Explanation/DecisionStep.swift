/// What a decision looks at, in its fixed order.
package enum DecisionStep: String, Sendable, CaseIterable {
    case path, host, rule, credential, form, algorithm, extensions, issuer, type, key, signature
    case expiry = "exp"
    case notBefore = "nbf"
    case issuedAt = "iat"
    case lifetime
    case requiredClaims = "required claims"
    case registeredClaims = "registered claims"
    case audience = "aud"
    case revocation
    case issuerClaims = "claims of the issuer"
    case requirementIssuer = "required issuer"
    case scopes, claims
    case alternatives = "any of"
    case identity
}

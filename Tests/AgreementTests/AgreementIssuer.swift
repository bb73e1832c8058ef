import Authorization
import JOSE

/// An issuer as all who judge are told of it.
struct AgreementIssuer {
    let name: String
    let algorithms: [SignatureAlgorithm]
    let keys: [AgreementKey]
    var audiences: [String] = ["api"]
    var leeway = 0.0
    var required = ["exp"]
    var types: [String] = []
    var maximumLifetime: Double?
    /// How many of a hundred tokens are meant for it.
    var weight = 1

    var issuer: String { "https://\(name).example" }

    var policy: IssuerPolicy {
        IssuerPolicy(
            name: name,
            issuer: issuer,
            audiences: audiences,
            algorithms: algorithms,
            leeway: leeway,
            maximumLifetime: maximumLifetime,
            requiredClaims: required,
            types: types
        )
    }
}

internal import JOSE

/// One issuer as an event loop uses it: texts as bytes, keys as contexts. A class, so that the way of a request counts one
/// reference and not one for each text.
final class CompiledIssuer {
    let policy: IssuerPolicy
    let issuer: [UInt8]?
    let audiences: [[UInt8]]
    let algorithms: UInt16
    let leeway: Double
    /// Infinite: any.
    let maximumLifetime: Double
    let refusesFutureIssue: Bool
    /// Whether `exp` must be there, which is asked of nearly every token.
    let requiresExpiry: Bool
    /// The other claims that must be there.
    let required: [[UInt8]]
    let types: [[UInt8]]
    let claims: [CompiledClaim]
    /// Whether its verdicts are worth remembering: a public-key signature takes 20 to 100 times as long as an HMAC.
    let remembersVerdicts: Bool
    /// Which of the authorizer's credential sources its tokens stand in.
    let source: Int
    /// nil: never loaded.
    var keys: CompiledKeys?

    init(_ policy: IssuerPolicy, source: Int, ring: KeyRing?) {
        self.policy = policy
        self.source = source
        issuer = policy.issuer.map { Array($0.utf8) }
        audiences = policy.audiences.map { Array($0.utf8) }
        algorithms = policy.algorithms.reduce(0) { $0 | $1.bit }
        leeway = policy.leeway
        maximumLifetime = policy.maximumLifetime ?? .infinity
        refusesFutureIssue = policy.refusesFutureIssue
        requiresExpiry = policy.requiredClaims.contains("exp")
        required = policy.requiredClaims.filter { $0 != "exp" }.map { Array($0.utf8) }
        types = policy.types.map { Array($0.utf8) }
        claims = policy.claims.map { CompiledClaim($0) }
        remembersVerdicts = !policy.algorithms.contains(where: \.isSymmetric)
        keys = ring.map { CompiledKeys($0) }
    }
}

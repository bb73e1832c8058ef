internal import JOSE

/// One issuer as an event loop uses it: texts as bytes, keys as contexts. A class, so that the way of a request counts one
/// reference and not one for each text.
final class CompiledIssuer {
    let policy: IssuerPolicy
    let issuer: [UInt8]?
    let audiences: [[UInt8]]
    let algorithms: UInt8
    /// Whether `exp` must be there, which is asked of nearly every token.
    let requiresExpiry: Bool
    /// The other claims that must be there.
    let required: [[UInt8]]
    let types: [[UInt8]]
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
        requiresExpiry = policy.requiredClaims.contains("exp")
        required = policy.requiredClaims.filter { $0 != "exp" }.map { Array($0.utf8) }
        types = policy.types.map { Array($0.utf8) }
        keys = ring.map { CompiledKeys($0) }
    }
}

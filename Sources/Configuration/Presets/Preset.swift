internal import Authorization
internal import JOSE

/// What is known of the tokens of a login service, so that its users need not find it out.
struct Preset {
    /// The exact `iss`.
    var issuer: String
    /// Where its key set is (RFC 7517 §5).
    var keys: KeyURL
    /// What it signs with, unless it was set up otherwise.
    var algorithms: [SignatureAlgorithm] = [.rs256]
    var audiences: [String] = []
    /// Accepted `typ` values in lower case; empty where the service does not promise one.
    var types: [String] = []
    var claims: [ClaimRequirement] = []

    init(issuer: String, keys: KeyURL) {
        self.issuer = issuer
        self.keys = keys
    }

    /// A claim that is, or contains, one of some texts.
    static func claim(_ name: StaticString, _ texts: [String]) -> ClaimRequirement {
        ClaimRequirement(claim: ClaimPath(member: name), anyOf: texts.map { .string($0) })
    }
}

/// A rule as an event loop uses it, once the rule table has found it.
final class CompiledRule {
    let name: String
    /// What tokens must bring; nil where no token is looked at.
    let requirement: CompiledRequirement?
    /// Whether it denies everybody.
    let denies: Bool
    /// Whether it only records what it would have denied.
    let isShadow: Bool
    let identity: IdentityMap

    /// - Parameter issuers: the names of the policy's issuers.
    init(_ rule: Rule, identity: IdentityMap, issuers: [String]) {
        name = rule.name
        denies = rule.effect == .deny
        isShadow = rule.mode == .shadow
        requirement =
            if case .require(let requirement) = rule.effect {
                CompiledRequirement(requirement, issuers: issuers)
            } else { nil }
        self.identity = identity
    }
}

/// A policy as an event loop uses it, without its issuers, which change with their keys. A class, so that the way of a
/// request counts one reference and not one for each part.
final class CompiledPolicy {
    let table: RuleTable
    /// In the order of the policy.
    let rules: [CompiledRule]
    let maximumTokenBytes: Int
    /// No identity: every header empty, as for an anonymous request.
    let nobody: IdentityValues
    /// Where a door looks for tokens.
    let credentialSources: [CredentialSource]

    init(_ policy: Policy) {
        table = RuleTable(policy.rules)
        let names = policy.identityHeaderNames
        let common = IdentityMap(names, headers: policy.identityHeaders)
        let issuers = policy.issuers.map(\.name)
        rules = policy.rules.map { rule in
            let map =
                rule.headers.isEmpty
                ? common : IdentityMap(names, headers: policy.identityHeaders + rule.headers)
            return CompiledRule(rule, identity: map, issuers: issuers)
        }
        maximumTokenBytes = policy.maximumTokenBytes
        nobody = IdentityValues(count: names.count)
        var sources: [CredentialSource] = []
        for issuer in policy.issuers where !sources.contains(issuer.credential) { sources.append(issuer.credential) }
        credentialSources = sources
    }
}

/// What is left of an issuer's or a rule's demands when only some claims of a token are known.
extension ClaimFacts {
    /// The claims that the requirement looks at and that are not known, each once, in its order.
    func missing(_ requirement: Requirement) -> [ClaimPath] {
        var missing: [ClaimPath] = []
        collect(requirement, depth: 0, into: &missing)
        return missing
    }

    /// The requirement without what nobody can tell: whoever fails this fails the whole.
    func known(_ requirement: Requirement) -> Requirement { known(requirement, depth: 0) }

    /// What an issuer asks, without what nobody can tell. A token that was valid once is taken for valid in that.
    /// - Parameter hasTime: whether it is known when the decision was made.
    func known(_ issuer: IssuerPolicy, hasTime: Bool) -> IssuerPolicy {
        var known = issuer
        if !knows("aud") { known.audiences = [] }
        known.requiredClaims = issuer.requiredClaims.filter(knows)
        known.claims = issuer.claims.filter { knows($0.claim) }
        if !hasTime { known.leeway = .infinity }
        if !hasTime || !knows("exp") || !knows("iat") { known.maximumLifetime = nil }
        return known
    }

    /// The same for a member of the claims set by its name, slashes and all.
    private func knows(_ name: String) -> Bool {
        let escaped = name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
        return ClaimPath("/" + escaped).map(knows) ?? false
    }

    private func collect(_ requirement: Requirement, depth: Int, into missing: inout [ClaimPath]) {
        func add(_ claim: ClaimPath) {
            if !knows(claim), !missing.contains(where: { $0.isSame(as: claim) }) { missing.append(claim) }
        }
        if !requirement.scopes.isEmpty, let scope = ClaimPath.scopes.first { add(scope) }
        for claim in requirement.claims { add(claim.claim) }
        // Deeper than any validated policy.
        guard depth < Requirement.maximumDepth else { return }
        for part in requirement.allOf + requirement.anyOf { collect(part, depth: depth + 1, into: &missing) }
    }

    private func known(_ requirement: Requirement, depth: Int) -> Requirement {
        var known = requirement
        if let scope = ClaimPath.scopes.first, !knows(scope) { known.scopes = [] }
        known.claims = requirement.claims.filter { knows($0.claim) }
        guard depth < Requirement.maximumDepth else { return known }
        known.allOf = requirement.allOf.map { self.known($0, depth: depth + 1) }
        known.anyOf = requirement.anyOf.map { self.known($0, depth: depth + 1) }
        return known
    }
}

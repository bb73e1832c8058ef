internal import StrictJSON

/// Decides recorded requests under another policy, with the machinery that decides real ones: the same canonical forms,
/// rule table, claims check and requirements. It has no keys and no tokens; what became of a token stands in the record.
package struct PolicyReplay: ~Copyable {
    private var authorizer: Authorizer

    package init(_ policy: Policy) {
        authorizer = Authorizer(AuthorizationSnapshot(policy: policy, keyRings: [], generation: 0))
    }

    package var policy: Policy { authorizer.snapshot.policy }

    /// What the policy makes of the record.
    package mutating func replay(_ record: RecordedDecision) -> ReplayOutcome {
        guard let path = record.path, !record.isBeforePolicy else { return .asRecorded }
        guard !record.isPathCut else { return .undetermined(rule: nil, [.wholePath]) }
        let asked = Self.request(record, path: path)
        let decision = authorizer.decide(asked.request, in: asked.bytes.span, now: record.time ?? Self.anyTime)
        // Asked without a token: every rule that needs one says that it is missing.
        guard decision.reason == .tokenMissing || decision.shadowReason == .tokenMissing, let rule = decision.rule
        else {
            return .decided(decision)
        }
        let isShadow = decision.shadowReason != nil
        switch judge(record, rule: rule) {
        case .reason(let reason):
            return .decided(
                isShadow && reason != .allowed
                    ? Decision(.allowed, rule: rule, shadowReason: reason) : Decision(reason, rule: rule)
            )
        case .missing(let missing):
            // A rule in shadow mode allows whatever it would have recorded.
            return isShadow && record.outcome != .allow
                ? .decided(Decision(.allowed, rule: rule)) : .undetermined(rule: rule, missing)
        }
    }

    private static let anyTime = Timestamp(seconds: 0)

    private enum Judgement {
        case reason(Reason)
        case missing([ReplayOutcome.Missing])
    }

    /// What a rule that needs a token says of the recorded one.
    private func judge(_ record: RecordedDecision, rule: Int) -> Judgement {
        switch record.token {
        case .unseen: return .missing([.verifiedToken])
        case .failed(let reason): return .reason(reason)
        case .valid(let name, let inDoubt):
            guard let issuer = issuer(named: name, record.claims) else { return .missing([.issuer(name)]) }
            return judge(record, rule: rule, issuer: issuer, inDoubt: inDoubt)
        }
    }

    private func judge(_ record: RecordedDecision, rule: Int, issuer: Int, inDoubt: Bool) -> Judgement {
        let facts = record.claims
        guard case .require(let requirement) = policy.rules[rule].effect, let document = FactsDocument(facts) else {
            return .missing([.verifiedToken])
        }
        let entry = policy.issuers[issuer]
        if let failure = authorizer.failure(
            document,
            facts.known(entry, hasTime: record.time != nil),
            now: record.time ?? Self.anyTime
        ) {
            return .reason(failure)
        }
        // What is not known is taken for absent once and for good the other time: where that makes no difference, it is
        // decided, since a claim more never fails a requirement.
        let least = authorizer.failure(document, requirement, issuer: issuer) ?? .allowed
        let most = authorizer.failure(document, facts.known(requirement), issuer: issuer) ?? .allowed
        let unknown = inDoubt ? entry.claims.map(\.claim).filter { !facts.knows($0) } : []
        if most != .allowed, least == most || record.outcome == .allow { return .reason(most) }
        if least == most, unknown.isEmpty { return .reason(most) }
        return .missing((least == most ? unknown : facts.missing(requirement) + unknown).map { .claim($0) })
    }

    /// The entry of the issuer whose token it was; nil where its name or its `iss` is another one now.
    private func issuer(named name: String, _ facts: ClaimFacts) -> Int? {
        guard let index = policy.issuers.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            return nil
        }
        let recorded = facts.values.first { $0.claim.text == "iss" || $0.claim.text == "/iss" }?.value.string
        guard let recorded, let expected = policy.issuers[index].issuer else { return index }
        return recorded.utf8.elementsEqual(expected.utf8) ? index : nil
    }
}

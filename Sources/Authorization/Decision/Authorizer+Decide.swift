/// The fixed order: path, host, rule; then credential, form, algorithm, issuer, key, signature; then claims; then what the
/// rule requires. A path that is denied tells nothing about the token.
extension Authorizer {
    mutating func decide(
        _ request: AuthorizationRequest,
        _ bytes: Span<UInt8>,
        _ now: Timestamp,
        _ trace: inout some DecisionTrace
    ) -> Decision {
        forgetPlace()
        missingKey = nil
        guard areWithin(request, bytes.count) else { return Decision(.metadataMissing) }
        if let refusal = place(request, bytes, &trace) { return refusal }
        let rule: Int
        switch match(request, bytes) {
        case .rule(let index): rule = index
        case .none: return refuse(.noRule, "no rule speaks of this path and host", &trace)
        case .otherMethod: return refuse(.methodNotAllowed, "the path has rules for other methods only", &trace)
        case .ambiguous:
            return refuse(
                .pathAmbiguous,
                "a server that ignores letter case or a trailing slash would read another rule's path",
                &trace
            )
        }
        trace.note(.rule, nil, "\(policy.rules[rule].name): \(snapshot.policy.rules[rule].match.path.text)")
        return decide(rule: rule, request, bytes, now, &trace)
    }

    private func refuse(_ reason: Reason, _ detail: String, _ trace: inout some DecisionTrace) -> Decision {
        trace.note(.rule, reason, detail)
        return Decision(reason)
    }

    /// Finds the canonical path and host. - Returns: the refusal where there is none.
    private mutating func place(
        _ request: AuthorizationRequest,
        _ bytes: Span<UInt8>,
        _ trace: inout some DecisionTrace
    ) -> Decision? {
        switch CanonicalPath.write(bytes, in: request.target, to: &path) {
        case .canonical: trace.note(.path, nil, String(decoding: path, as: UTF8.self))
        case .ambiguous:
            forgetPlace()
            trace.note(.path, .pathAmbiguous, "two servers could read it in two ways")
            return Decision(.pathAmbiguous)
        case .malformed:
            forgetPlace()
            trace.note(.path, .pathAmbiguous, "not a legal request target (RFC 9112 §3.2.1)")
            return Decision(.pathAmbiguous, isTargetMalformed: true)
        }
        guard let range = request.host else {
            guard policy.table.usesHosts else { return nil }
            trace.note(.host, .metadataMissing, "rules name hosts, and the request brings none")
            return Decision(.metadataMissing)
        }
        guard host.decide(on: bytes.extracting(range)) else {
            trace.note(.host, .hostInvalid, "not a host (RFC 9110 §7.2)")
            return Decision(.hostInvalid)
        }
        trace.note(.host, nil, String(decoding: host.canonical, as: UTF8.self))
        return nil
    }

    private mutating func decide(
        rule index: Int,
        _ request: AuthorizationRequest,
        _ bytes: Span<UInt8>,
        _ now: Timestamp,
        _ trace: inout some DecisionTrace
    ) -> Decision {
        identity = policy.nobody
        let rule = policy.rules[index]
        guard let requirement = rule.requirement else {
            guard rule.denies else { return Decision(.allowed, rule: index) }
            trace.note(.rule, .ruleDenies, "the rule denies")
            return rule.isShadow
                ? Decision(.allowed, rule: index, shadowReason: .ruleDenies) : Decision(.ruleDenies, rule: index)
        }
        let (reason, issuer) = authenticate(request.credential, rule: index, requirement, bytes, now, &trace)
        guard reason != .allowed, rule.isShadow else { return Decision(reason, rule: index, issuer: issuer) }
        return Decision(.allowed, rule: index, shadowReason: reason, issuer: issuer)
    }

    /// Whether every place lies within the bytes; the doors hand over places of their own, so this never fails.
    private func areWithin(_ request: AuthorizationRequest, _ count: Int) -> Bool {
        let credential = if case .token(let range, _) = request.credential { range } else { 0..<0 }
        let host = request.host ?? 0..<0
        let first = min(request.method.lowerBound, request.target.lowerBound, host.lowerBound, credential.lowerBound)
        let last = max(request.method.upperBound, request.target.upperBound, host.upperBound, credential.upperBound)
        return first >= 0 && last <= count
    }
}

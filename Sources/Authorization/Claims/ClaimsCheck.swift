internal import StrictJSON

/// The claims of a verified token against its issuer's policy (RFC 7519 §4.1), in the fixed order of the contract.
struct ClaimsCheck<Trace: DecisionTrace> {
    let document: JSONDocument
    let registered: RegisteredClaims
    let now: Timestamp

    /// - Returns: the first thing that is wrong, or nil.
    func failure(_ issuer: CompiledIssuer, _ bytes: Span<UInt8>, _ trace: inout Trace) -> Reason? {
        times(issuer.policy, bytes, &trace) ?? presence(issuer, bytes, &trace) ?? types(&trace)
            ?? audience(issuer, bytes, &trace)
    }

    private func times(_ policy: IssuerPolicy, _ bytes: Span<UInt8>, _ trace: inout Trace) -> Reason? {
        let expiry = date(registered.expiry, bytes)
        let notBefore = date(registered.notBefore, bytes)
        let issuedAt = date(registered.issuedAt, bytes)
        if let failure = checkExpiry(expiry, policy, &trace) { return failure }
        if let failure = checkNotBefore(notBefore, policy, &trace) { return failure }
        if let failure = checkIssuedAt(issuedAt, policy, &trace) { return failure }
        return checkLifetime(expiry, issuedAt, policy, &trace)
    }

    private enum DateClaim {
        case absent, malformed
        case at(Double)
    }

    private func date(_ node: Int, _ bytes: Span<UInt8>) -> DateClaim {
        guard node >= 0 else { return .absent }
        return NumericDate.read(document, node, bytes).map { .at($0) } ?? .malformed
    }

    private func checkExpiry(_ claim: DateClaim, _ policy: IssuerPolicy, _ trace: inout Trace) -> Reason? {
        switch claim {
        case .absent: return nil
        case .malformed: return malformed(.expiry, &trace)
        case .at(let expiry):
            // "on or after" (RFC 7519 §4.1.4)
            let failure: Reason? = now.seconds >= expiry + policy.leeway ? .tokenExpired : nil
            trace.note(
                .expiry,
                failure,
                "\(SafeText.distance(from: now, to: expiry)), leeway \(SafeText.seconds(policy.leeway))"
            )
            return failure
        }
    }

    private func checkNotBefore(_ claim: DateClaim, _ policy: IssuerPolicy, _ trace: inout Trace) -> Reason? {
        switch claim {
        case .absent: return nil
        case .malformed: return malformed(.notBefore, &trace)
        case .at(let start):
            let failure: Reason? = now.seconds < start - policy.leeway ? .tokenNotYetValid : nil
            trace.note(
                .notBefore,
                failure,
                "\(SafeText.distance(from: now, to: start)), leeway \(SafeText.seconds(policy.leeway))"
            )
            return failure
        }
    }

    private func checkIssuedAt(_ claim: DateClaim, _ policy: IssuerPolicy, _ trace: inout Trace) -> Reason? {
        switch claim {
        case .absent: return nil
        case .malformed: return malformed(.issuedAt, &trace)
        case .at(let issued):
            let isFuture = policy.refusesFutureIssue && now.seconds < issued - policy.leeway
            trace.note(.issuedAt, isFuture ? .issuedInFuture : nil, SafeText.distance(from: now, to: issued))
            return isFuture ? .issuedInFuture : nil
        }
    }

    /// `exp - iat`; a token without `iat` was issued now at the latest, so that leaving `iat` out gains nothing.
    private func checkLifetime(
        _ expiry: DateClaim,
        _ issuedAt: DateClaim,
        _ policy: IssuerPolicy,
        _ trace: inout Trace
    ) -> Reason? {
        guard let maximum = policy.maximumLifetime, case .at(let end) = expiry else { return nil }
        let start = if case .at(let issued) = issuedAt { issued } else { now.seconds }
        let failure: Reason? = end - start > maximum ? .lifetimeTooLong : nil
        trace.note(.lifetime, failure, "\(SafeText.seconds(end - start)) of at most \(SafeText.seconds(maximum))")
        return failure
    }

    private func malformed(_ step: DecisionStep, _ trace: inout Trace) -> Reason {
        trace.note(step, .claimMalformed, "not a number of seconds below 2^53 (RFC 7519 §2)")
        return .claimMalformed
    }

    private func presence(_ issuer: CompiledIssuer, _ bytes: Span<UInt8>, _ trace: inout Trace) -> Reason? {
        if issuer.requiresExpiry {
            trace.note(.requiredClaims, registered.expiry < 0 ? .claimMissing : nil, "exp")
            guard registered.expiry >= 0 else { return .claimMissing }
        }
        for name in issuer.required {
            let node = document.member(name.span, of: 0, in: bytes)
            let isThere = node.map { document.nodes[$0].kind != .null } ?? false
            trace.note(.requiredClaims, isThere ? nil : .claimMissing, String(decoding: name, as: UTF8.self))
            guard isThere else { return .claimMissing }
        }
        return nil
    }

    /// `iss`, `sub` and `jti` are strings wherever they stand (RFC 7519 §4.1.1, §4.1.2, §4.1.7).
    private func types(_ trace: inout Trace) -> Reason? {
        guard isStringOrAbsent(registered.issuer), isStringOrAbsent(registered.subject),
            isStringOrAbsent(registered.tokenID)
        else {
            trace.note(.registeredClaims, .claimMalformed, "iss, sub and jti must be strings")
            return .claimMalformed
        }
        return nil
    }

    private func isStringOrAbsent(_ node: Int) -> Bool { node < 0 || document.nodes[node].kind == .string }

    /// A string or an array of strings (RFC 7519 §4.1.3); one match is enough, an empty text matches nothing.
    private func audience(_ issuer: CompiledIssuer, _ bytes: Span<UInt8>, _ trace: inout Trace) -> Reason? {
        if registered.audience >= 0, !isAudience(registered.audience) {
            trace.note(.audience, .claimMalformed, "neither a string nor an array of strings")
            return .claimMalformed
        }
        guard !issuer.audiences.isEmpty else { return nil }
        let isMeant = registered.audience >= 0 && contains(registered.audience, anyOf: issuer.audiences, bytes)
        trace.note(.audience, isMeant ? nil : .audienceMismatch, "any of \(issuer.policy.audiences)")
        return isMeant ? nil : .audienceMismatch
    }

    private func isAudience(_ node: Int) -> Bool {
        switch document.nodes[node].kind {
        case .string: true
        case .array: document.firstElement(of: node) { document.nodes[$0].kind != .string } == nil
        case .object, .number, .true, .false, .null: false
        }
    }

    private func contains(_ node: Int, anyOf audiences: [[UInt8]], _ bytes: Span<UInt8>) -> Bool {
        for audience in audiences where !audience.isEmpty {
            if document.holdsString(node, audience.span, in: bytes) { return true }
        }
        return false
    }
}

internal import StrictJSON

extension Authorizer {
    /// Whether the credential meets the requirement.
    /// - Returns: `allowed` or the first thing that failed, and the issuer whose signature held.
    mutating func authenticate(
        _ credential: AuthorizationRequest.Credential,
        rule: Int,
        _ requirement: CompiledRequirement,
        _ bytes: Span<UInt8>,
        _ now: Timestamp,
        _ trace: inout some DecisionTrace
    ) -> (Reason, Int?) {
        let range: Range<Int>
        let source: Int
        switch credential {
        case .absent: return (fail(.credential, .tokenMissing, "the request brings no token", &trace), nil)
        case .repeated: return (fail(.credential, .tokenRepeated, "the request brings more than one", &trace), nil)
        case .malformed: return (fail(.credential, .tokenMalformed, "not in the form of its place", &trace), nil)
        case .token(let place, let index): (range, source) = (place, index)
        }
        guard range.count <= policy.maximumTokenBytes else {
            return (fail(.credential, .tokenTooLong, "\(range.count) bytes are over limits.token_bytes", &trace), nil)
        }
        trace.note(.credential, nil, "\(range.count) bytes")
        guard reader.read(bytes.extracting(range)) else {
            let detail = "not three canonical base64url parts with JSON objects (RFC 7519 §7.2)"
            return (fail(.form, .tokenMalformed, detail, &trace), nil)
        }
        trace.note(.form, nil, "a compact JWS")
        let token = reader.current
        if isAccepted(token, source: source, rule: rule, now) {
            identity = token.identity
            return (.allowed, token.verdict.issuer)
        }
        let verified: VerifiedToken
        switch verify(token, source: source, now, &trace) {
        case .failure(let failure):
            missingKey = failure.missingKey
            return (failure.reason, nil)
        case .success(let token): verified = token
        }
        token.verdict = TokenVerdict(epoch: epoch, source: source, issuer: verified.issuer, key: verified.key)
        reader.remember()
        let reason = accept(verified, policy.rules[rule], requirement, now, &trace)
        if reason == .allowed {
            token.verdict.rule = rule
            identity = token.identity
        }
        return (reason, verified.issuer)
    }

    /// Whether the token was accepted for the rule before in this state of the world and still is: what depends on the
    /// clock is looked at again, and an HMAC is made again. Where it is not, the long way finds out why.
    private func isAccepted(_ token: ParsedToken, source: Int, rule: Int, _ now: Timestamp) -> Bool {
        let verdict = token.verdict
        guard verdict.epoch == epoch, verdict.source == source, verdict.rule == rule else { return false }
        let issuer = issuers[verdict.issuer]
        var silence = NoTrace()
        return hasSignature(token, issuer, key: verdict.key, now)
            && TimesCheck(times: token.times, now: now).failure(issuer, &silence) == nil
    }

    func fail(
        _ step: DecisionStep,
        _ reason: Reason,
        _ detail: @autoclosure () -> String,
        _ trace: inout some DecisionTrace
    ) -> Reason {
        trace.note(step, reason, detail())
        return reason
    }

    /// Everything after the signature. Writes the identity into the token.
    private func accept<Trace: DecisionTrace>(
        _ verified: VerifiedToken,
        _ rule: CompiledRule,
        _ requirement: CompiledRequirement,
        _ now: Timestamp,
        _ trace: inout Trace
    ) -> Reason {
        let token = verified.token
        let issuer = issuers[verified.issuer]
        let claims = token.claims
        let bytes = token.claimsBytes
        if let failure = TimesCheck(times: token.times, now: now).failure(issuer, &trace) { return failure }
        let check = ClaimsCheck<Trace>(document: claims, registered: token.registered)
        if let failure = check.failure(issuer, bytes.span, &trace) { return failure }
        if let table = snapshot.revocations {
            let check = RevocationCheck(table: table, token: token, issuer: verified.issuer)
            if let failure = check.failure(&trace) { return failure }
        }
        for claim in issuer.claims {
            let isMet = claim.isMet(claims, bytes.span)
            trace.note(.issuerClaims, isMet ? nil : .claimMismatch, claim.text)
            guard isMet else { return .claimMismatch }
        }
        if let failure = requirement.failure(claims, bytes.span, issuer: verified.issuer, &trace) { return failure }
        guard token.identity.set(rule.identity, claims, bytes.span) else {
            return fail(
                .identity,
                .claimMalformed,
                "no text, or more than \(IdentityValues.maximumBytes) bytes together",
                &trace
            )
        }
        return .allowed
    }
}

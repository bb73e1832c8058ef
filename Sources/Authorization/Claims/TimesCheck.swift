/// The times of a verified token against its issuer's policy and the clock (RFC 7519 §4.1.4–§4.1.6), in the fixed order of
/// the contract.
struct TimesCheck<Trace: DecisionTrace> {
    let times: TokenTimes
    let now: Timestamp

    /// - Returns: the first thing that is wrong, or nil.
    func failure(_ issuer: CompiledIssuer, _ trace: inout Trace) -> Reason? {
        if let failure = expiry(times.expiry, issuer, &trace) { return failure }
        if let failure = notBefore(times.notBefore, issuer, &trace) { return failure }
        if let failure = issuedAt(times.issuedAt, issuer, &trace) { return failure }
        return lifetime(times.expiry, times.issuedAt, issuer, &trace)
    }

    private func expiry(_ claim: TokenTimes.Claim, _ issuer: CompiledIssuer, _ trace: inout Trace) -> Reason? {
        switch claim {
        case .absent: return nil
        case .malformed: return malformed(.expiry, &trace)
        case .at(let expiry):
            // "on or after" (RFC 7519 §4.1.4)
            let failure: Reason? = now.seconds >= expiry + issuer.leeway ? .tokenExpired : nil
            trace.note(
                .expiry,
                failure,
                "\(SafeText.distance(from: now, to: expiry)), leeway \(SafeText.seconds(issuer.leeway))"
            )
            return failure
        }
    }

    private func notBefore(_ claim: TokenTimes.Claim, _ issuer: CompiledIssuer, _ trace: inout Trace) -> Reason? {
        switch claim {
        case .absent: return nil
        case .malformed: return malformed(.notBefore, &trace)
        case .at(let start):
            let failure: Reason? = now.seconds < start - issuer.leeway ? .tokenNotYetValid : nil
            trace.note(
                .notBefore,
                failure,
                "\(SafeText.distance(from: now, to: start)), leeway \(SafeText.seconds(issuer.leeway))"
            )
            return failure
        }
    }

    private func issuedAt(_ claim: TokenTimes.Claim, _ issuer: CompiledIssuer, _ trace: inout Trace) -> Reason? {
        switch claim {
        case .absent: return nil
        case .malformed: return malformed(.issuedAt, &trace)
        case .at(let issued):
            let isFuture = issuer.refusesFutureIssue && now.seconds < issued - issuer.leeway
            trace.note(
                .issuedAt,
                isFuture ? .issuedInFuture : nil,
                "\(SafeText.distance(from: now, to: issued)), leeway \(SafeText.seconds(issuer.leeway))"
            )
            return isFuture ? .issuedInFuture : nil
        }
    }

    /// `exp - iat`; a token without `iat` was issued now at the latest, so that leaving `iat` out gains nothing.
    private func lifetime(
        _ expiry: TokenTimes.Claim,
        _ issuedAt: TokenTimes.Claim,
        _ issuer: CompiledIssuer,
        _ trace: inout Trace
    ) -> Reason? {
        guard case .at(let end) = expiry, issuer.maximumLifetime < .infinity else { return nil }
        let maximum = issuer.maximumLifetime
        let start = if case .at(let issued) = issuedAt { issued } else { now.seconds }
        let failure: Reason? = end - start > maximum ? .lifetimeTooLong : nil
        trace.note(.lifetime, failure, "\(SafeText.seconds(end - start)) of at most \(SafeText.seconds(maximum))")
        return failure
    }

    private func malformed(_ step: DecisionStep, _ trace: inout Trace) -> Reason {
        trace.note(step, .claimMalformed, "not a number of seconds below 2^53 (RFC 7519 §2)")
        return .claimMalformed
    }
}

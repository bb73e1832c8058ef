internal import StrictJSON

/// A rule's requirement as an event loop uses it.
final class CompiledRequirement {
    /// The index of the only issuer whose tokens count; nil: any.
    private let issuer: Int?
    private let scopes: [[UInt8]]
    private let claims: [CompiledClaim]
    private let allOf: [CompiledRequirement]
    private let anyOf: [CompiledRequirement]

    /// - Parameter issuers: the names of the policy's issuers. A name that none has is met by nothing.
    init(_ requirement: Requirement, issuers: [String]) {
        issuer = requirement.issuer.map { name in issuers.firstIndex { $0.utf8.elementsEqual(name.utf8) } ?? -1 }
        scopes = requirement.scopes.map { Array($0.utf8) }
        claims = requirement.claims.map { CompiledClaim($0) }
        allOf = requirement.allOf.map { CompiledRequirement($0, issuers: issuers) }
        anyOf = requirement.anyOf.map { CompiledRequirement($0, issuers: issuers) }
    }

    /// - Returns: why the claims of a verified token are not enough, or nil.
    func failure(
        _ document: JSONDocument,
        _ bytes: Span<UInt8>,
        issuer verified: Int,
        _ trace: inout some DecisionTrace
    ) -> Reason? {
        if let issuer {
            trace.note(.requirementIssuer, issuer == verified ? nil : .claimMismatch, "the rule names one issuer")
            guard issuer == verified else { return .claimMismatch }
        }
        for scope in scopes {
            let isThere = document.hasScope(scope.span, in: bytes)
            trace.note(.scopes, isThere ? nil : .scopeInsufficient, String(decoding: scope, as: UTF8.self))
            guard isThere else { return .scopeInsufficient }
        }
        for claim in claims {
            let isMet = claim.isMet(document, bytes)
            trace.note(.claims, isMet ? nil : .claimMismatch, claim.text)
            guard isMet else { return .claimMismatch }
        }
        for part in allOf {
            if let failure = part.failure(document, bytes, issuer: verified, &trace) { return failure }
        }
        return anyOf.isEmpty ? nil : alternatives(document, bytes, issuer: verified, &trace)
    }

    /// The alternatives in their order; the first that is met ends it. Where none is, more scope would help only if each
    /// of them fails for want of scope.
    private func alternatives(
        _ document: JSONDocument,
        _ bytes: Span<UInt8>,
        issuer verified: Int,
        _ trace: inout some DecisionTrace
    ) -> Reason? {
        var failure = Reason.scopeInsufficient
        // What an alternative fails for is no failure of the request: only the outcome is noted.
        var silence = NoTrace()
        for (index, alternative) in anyOf.enumerated() {
            guard let reason = alternative.failure(document, bytes, issuer: verified, &silence) else {
                trace.note(.alternatives, nil, "number \(index + 1) of \(anyOf.count) is met")
                return nil
            }
            if reason != .scopeInsufficient { failure = .claimMismatch }
        }
        trace.note(.alternatives, failure, "none of \(anyOf.count) is met")
        return failure
    }
}

internal import StrictJSON

/// The claims of a verified token against its issuer's policy (RFC 7519 §4.1), after its times, in the fixed order of the
/// contract. Depends on the token and the policy alone.
struct ClaimsCheck<Trace: DecisionTrace> {
    let document: JSONDocument
    let registered: RegisteredClaims

    /// - Returns: the first thing that is wrong, or nil.
    func failure(_ issuer: CompiledIssuer, _ bytes: Span<UInt8>, _ trace: inout Trace) -> Reason? {
        presence(issuer, bytes, &trace) ?? types(&trace) ?? audience(issuer, bytes, &trace)
    }

    private func presence(_ issuer: CompiledIssuer, _ bytes: Span<UInt8>, _ trace: inout Trace) -> Reason? {
        if issuer.requiresExpiry {
            trace.note(.requiredClaims, registered.expiry < 0 ? .claimMissing : nil, "exp")
            guard registered.expiry >= 0 else { return .claimMissing }
        }
        for name in issuer.required {
            let node = document.member(name.span, of: 0, in: bytes)
            let isThere = node.map { !isNothing($0) } ?? false
            trace.note(.requiredClaims, isThere ? nil : .claimMissing, String(decoding: name, as: UTF8.self))
            guard isThere else { return .claimMissing }
        }
        return nil
    }

    /// Null and the empty text name nobody: as an identity header they are the same as no claim at all.
    private func isNothing(_ node: Int) -> Bool {
        switch document.nodes[node].kind {
        case .null: true
        case .string: document.nodes[node].range.isEmpty
        case .object, .array, .number, .true, .false: false
        }
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

internal import JOSE
internal import StrictJSON

/// A token whose signature holds under a key of its issuer. Only this file can make one.
struct VerifiedToken {
    let issuer: Int
    let token: ParsedToken

    fileprivate init(issuer: Int, token: ParsedToken) {
        self.issuer = issuer
        self.token = token
    }
}

extension Authorizer {
    /// Whether the credential meets the requirement.
    /// - Returns: `allowed` or the first thing that failed, and the issuer whose signature held.
    mutating func authenticate(
        _ credential: AuthorizationRequest.Credential,
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
        guard range.count <= snapshot.policy.maximumTokenBytes else {
            return (fail(.credential, .tokenTooLong, "\(range.count) bytes are over limits.token_bytes", &trace), nil)
        }
        trace.note(.credential, nil, "\(range.count) bytes")
        guard reader.read(bytes.extracting(range)) else {
            let detail = "not three canonical base64url parts with JSON objects (RFC 7519 §7.2)"
            return (fail(.form, .tokenMalformed, detail, &trace), nil)
        }
        trace.note(.form, nil, "a compact JWS")
        let verified: VerifiedToken
        switch verify(reader.current, source: source, now, &trace) {
        case .failure(let failure): return (failure.reason, nil)
        case .success(let token): verified = token
        }
        reader.remember()
        return (accept(verified, requirement, now, &trace), verified.issuer)
    }

    struct Failure: Error { let reason: Reason }

    private func fail(
        _ step: DecisionStep,
        _ reason: Reason,
        _ detail: @autoclosure () -> String,
        _ trace: inout some DecisionTrace
    ) -> Reason {
        trace.note(step, reason, detail())
        return reason
    }

    /// Everything up to the signature. The header's `alg` selects within what the issuer allows and its keys are bound to.
    private mutating func verify(
        _ token: ParsedToken,
        source: Int,
        _ now: Timestamp,
        _ trace: inout some DecisionTrace
    ) -> Result<VerifiedToken, Failure> {
        guard let algorithm = token.facts.algorithm,
            isAllowedSomewhere(algorithm, source: source)
        else {
            return .failure(Failure(reason: fail(.algorithm, .algorithmNotAllowed, "no issuer allows it", &trace)))
        }
        guard !token.facts.needsExtension else {
            let detail = "the header asks for an extension (RFC 7515 §4.1.11)"
            return .failure(Failure(reason: fail(.extensions, .criticalHeaderUnsupported, detail, &trace)))
        }
        guard let index = issuer(of: token, source: source) else {
            return .failure(Failure(reason: fail(.issuer, .issuerUnknown, "no issuer is configured for it", &trace)))
        }
        trace.note(.issuer, nil, issuers[index].policy.name)
        guard issuers[index].algorithms & algorithm.bit != 0 else {
            return .failure(
                Failure(reason: fail(.algorithm, .algorithmNotAllowed, "its issuer does not allow it", &trace))
            )
        }
        trace.note(.algorithm, nil, algorithm.rawValue)
        guard hasAcceptedType(token, index) else {
            return .failure(
                Failure(
                    reason: fail(.type, .typeNotAllowed, "typ must be any of \(issuers[index].policy.types)", &trace)
                )
            )
        }
        return verifySignature(token, algorithm, issuer: index, now, &trace)
    }

    private func isAllowedSomewhere(_ algorithm: SignatureAlgorithm, source: Int) -> Bool {
        for issuer in issuers where issuer.source == source && issuer.algorithms & algorithm.bit != 0 { return true }
        return false
    }

    /// The issuer with exactly the token's `iss`; where none has it, the one that does not look at `iss`.
    private func issuer(of token: ParsedToken, source: Int) -> Int? {
        var indifferent: Int?
        for (index, issuer) in issuers.enumerated() where issuer.source == source {
            guard let expected = issuer.issuer else {
                indifferent = indifferent ?? index
                continue
            }
            let node = token.registered.issuer
            let bytes = token.claimsBytes
            if node >= 0, token.claims.stringEquals(node, expected.span, in: bytes.span) { return index }
        }
        return indifferent
    }

    /// RFC 7515 §4.1.9: compared without case, `application/` may be left out.
    private func hasAcceptedType(_ token: ParsedToken, _ index: Int) -> Bool {
        let types = issuers[index].types
        guard !types.isEmpty else { return true }
        guard token.facts.type >= 0 else { return false }
        var type: [UInt8] = []
        let bytes = token.headerBytes
        token.header.appendString(token.facts.type, in: bytes.span, to: &type)
        for position in type.indices { type[position] = type[position].lowercasedASCII }
        let prefix = Array("application/".utf8)
        if type.starts(with: prefix) { type.removeFirst(prefix.count) }
        return types.contains { $0.map(\.lowercasedASCII) == type }
    }

    private mutating func verifySignature(
        _ token: ParsedToken,
        _ algorithm: SignatureAlgorithm,
        issuer index: Int,
        _ now: Timestamp,
        _ trace: inout some DecisionTrace
    ) -> Result<VerifiedToken, Failure> {
        let issuer = issuers[index]
        guard let keys = issuer.keys, !keys.isEmpty else {
            return .failure(Failure(reason: fail(.key, .keysUnavailable, "the issuer's keys are not loaded", &trace)))
        }
        let candidates = candidates(for: token, keys)
        guard candidates != .none else {
            return .failure(Failure(reason: fail(.key, .keyUnknown, "no key has the token's kid", &trace)))
        }
        let signature = token.signatureBytes
        let text = token.text
        let verifiedBy = keys.verify(
            candidates,
            algorithm: algorithm,
            text.span,
            input: token.signingInput,
            signature: signature.span.extracting(0..<token.signatureCount),
            now: now
        )
        guard let key = verifiedBy else {
            return .failure(
                Failure(reason: fail(.signature, .signatureInvalid, "no key of the issuer made it", &trace))
            )
        }
        trace.note(.key, nil, keys.name(key))
        trace.note(.signature, nil, "holds")
        return .success(VerifiedToken(issuer: index, token: token))
    }

    private func candidates(for token: ParsedToken, _ keys: CompiledKeys) -> CompiledKeys.Candidates {
        guard token.facts.keyID >= 0 else { return .all }
        let bytes = token.headerBytes
        let node = token.header.nodes[token.facts.keyID]
        if !node.isEscaped { return keys.candidates(keyID: bytes.span.extracting(node.range)) }
        var name: [UInt8] = []
        token.header.appendString(token.facts.keyID, in: bytes.span, to: &name)
        return keys.candidates(keyID: name.span)
    }

    /// Everything after the signature.
    private mutating func accept<Trace: DecisionTrace>(
        _ verified: VerifiedToken,
        _ requirement: CompiledRequirement,
        _ now: Timestamp,
        _ trace: inout Trace
    ) -> Reason {
        let claims = verified.token.claims
        let bytes = verified.token.claimsBytes
        let check = ClaimsCheck<Trace>(document: claims, registered: verified.token.registered, now: now)
        if let failure = check.failure(issuers[verified.issuer], bytes.span, &trace) { return failure }
        if let failure = requirement.failure(claims, bytes.span, issuer: verified.issuer, &trace) { return failure }
        guard identity.set(identityClaims, claims, bytes.span) else {
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

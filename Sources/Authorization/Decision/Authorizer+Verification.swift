internal import JOSE
internal import StrictJSON

/// A token whose signature holds under a key of its issuer. Only this file can make one.
struct VerifiedToken {
    let issuer: Int
    /// The index of the key.
    let key: Int
    let token: ParsedToken

    fileprivate init(issuer: Int, key: Int, token: ParsedToken) {
        self.issuer = issuer
        self.key = key
        self.token = token
    }
}

extension Authorizer {
    /// Whether the signature that was verified by `key` in this state of the world still counts.
    func hasSignature(_ token: ParsedToken, _ issuer: CompiledIssuer, key: Int, _ now: Timestamp) -> Bool {
        guard let keys = issuer.keys, let algorithm = token.facts.algorithm else { return false }
        guard !issuer.remembersVerdicts else { return keys.counts(key, now) }
        let signature = token.signatureBytes
        let text = token.text
        return keys.verify(
            key,
            algorithm,
            text.span,
            token.signingInput,
            signature.span.extracting(0..<token.signatureCount),
            now
        )
    }

    /// Why a token was not verified.
    struct Failure: Error {
        let reason: Reason
        var missingKey: MissingKey?
    }

    /// Everything up to the signature. The header's `alg` selects within what the issuer allows and its keys are bound to.
    func verify(
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
        return verifySignature(token, algorithm, source: source, issuer: index, now, &trace)
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

    private func verifySignature(
        _ token: ParsedToken,
        _ algorithm: SignatureAlgorithm,
        source: Int,
        issuer index: Int,
        _ now: Timestamp,
        _ trace: inout some DecisionTrace
    ) -> Result<VerifiedToken, Failure> {
        let issuer = issuers[index]
        guard let keys = issuer.keys, !keys.isEmpty else {
            return .failure(Failure(reason: fail(.key, .keysUnavailable, "the issuer's keys are not loaded", &trace)))
        }
        let verdict = token.verdict
        if verdict.epoch == epoch, verdict.source == source, verdict.issuer == index,
            hasSignature(token, issuer, key: verdict.key, now)
        {
            trace.note(.key, nil, keys.name(verdict.key))
            trace.note(.signature, nil, "holds")
            return .success(VerifiedToken(issuer: index, key: verdict.key, token: token))
        }
        let candidates = candidates(for: token, keys)
        guard candidates != .none else {
            let reason = fail(.key, .keyUnknown, keys.choice(candidates, token), &trace)
            return .failure(Failure(reason: reason, missingKey: missing(token, issuer: index)))
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
                Failure(
                    reason: fail(
                        .signature,
                        .signatureInvalid,
                        "no key of the issuer made it; \(keys.choice(candidates, token))",
                        &trace
                    )
                )
            )
        }
        trace.note(.key, nil, "\(keys.name(key)); \(keys.choice(candidates, token))")
        trace.note(.signature, nil, "holds")
        return .success(VerifiedToken(issuer: index, key: key, token: token))
    }

    private func missing(_ token: ParsedToken, issuer: Int) -> MissingKey {
        var name: [UInt8] = []
        let bytes = token.headerBytes
        token.header.appendString(token.facts.keyID, in: bytes.span, to: &name)
        return MissingKey(issuer: issuer, keyID: name.span)
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
}

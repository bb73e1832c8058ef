extension PolicyReplay {
    /// The record's request as a door would hand it over, without a credential.
    static func request(_ record: RecordedDecision, path: String) -> (bytes: [UInt8], request: AuthorizationRequest) {
        var bytes = Array(record.method.utf8)
        let method = 0..<bytes.count
        // The canonical path is decoded; a request target is not.
        for byte in path.utf8 {
            switch PathByte.kind(of: byte) {
            case .plain, .slash: bytes.append(byte)
            case .percent, .question, .ambiguous, .illegal: bytes.append(contentsOf: PercentTriplet.encode(byte))
            }
        }
        let target = method.upperBound..<bytes.count
        bytes.append(contentsOf: (record.host ?? "").utf8)
        let host = record.host.map { _ in target.upperBound..<bytes.count }
        return (bytes, AuthorizationRequest(method: method, target: target, host: host, credential: .absent))
    }
}

extension Authorizer {
    /// Why a token with these claims, whose signature held once, is not valid for the issuer; nil where it is.
    func failure(_ document: FactsDocument, _ issuer: IssuerPolicy, now: Timestamp) -> Reason? {
        var trace = NoTrace()
        let compiled = CompiledIssuer(issuer, source: 0, ring: nil)
        let bytes = document.bytes
        let times = TokenTimes(document.claims, document.registered, bytes.span)
        if let failure = TimesCheck<NoTrace>(times: times, now: now).failure(compiled, &trace) { return failure }
        let check = ClaimsCheck<NoTrace>(document: document.claims, registered: document.registered)
        if let failure = check.failure(compiled, bytes.span, &trace) { return failure }
        return compiled.claims.contains { !$0.isMet(document.claims, bytes.span) } ? .claimMismatch : nil
    }

    /// Why a valid token with these claims is not enough; nil where it is.
    func failure(_ document: FactsDocument, _ requirement: Requirement, issuer: Int) -> Reason? {
        var trace = NoTrace()
        let bytes = document.bytes
        return CompiledRequirement(requirement, issuers: snapshot.policy.issuers.map(\.name))
            .failure(document.claims, bytes.span, issuer: issuer, &trace)
    }
}

package import Authorization
internal import StrictJSON

/// The door of AWS: an event in, what to tell Lambda out. Reads no clock and no file, and writes no log.
package struct EventAuthorizer: ~Copyable {
    private var authorizer: Authorizer
    private let reader: EventReader
    private let policyWriter: PolicyWriter
    private let contextNames: ContextNames
    private let options: AnswerOptions

    private static let subject = ClaimPath(member: "sub")
    private static let expiry = ClaimPath(member: "exp")

    /// - Parameter snapshot: its policy stays; only keys are replaced.
    package init(_ snapshot: AuthorizationSnapshot, options: AnswerOptions) {
        let authorizer = Authorizer(snapshot, rememberedTokens: 256)
        reader = EventReader(
            sources: authorizer.credentialSources,
            usesHosts: snapshot.policy.rules.contains { $0.match.host != nil }
        )
        policyWriter = PolicyWriter(snapshot.policy)
        contextNames = ContextNames(snapshot.policy)
        self.options = options
        self.authorizer = authorizer
    }

    /// Goes over to other keys for the same policy.
    package mutating func replace(_ snapshot: AuthorizationSnapshot) { authorizer.replace(snapshot) }

    /// - Parameter now: the wall clock.
    package mutating func answer(_ event: [UInt8], now: Timestamp) -> EventOutcome {
        switch reader.read(event) {
        case .unreadable:
            return EventOutcome(answer: .failure, decision: nil, kind: nil, rule: nil, issuer: nil, requestID: nil)
        case .refused(let refusal):
            let decision = Decision(refusal.reason)
            return outcome(decision, deny(decision, refusal.kind, refusal.arn), refusal.kind, refusal.requestID)
        case .ask(let event):
            return answer(event, now)
        }
    }

    private mutating func answer(_ event: AuthorizerEvent, _ now: Timestamp) -> EventOutcome {
        var decision = Decision(.metadataMissing)
        var rules: Set<Int?> = []
        for request in event.requests {
            decision = authorizer.decide(request, in: event.bytes.span, now: now)
            guard decision.outcome == .allow else {
                return outcome(decision, deny(decision, event.kind, event.arn), event.kind, event.requestID)
            }
            rules.insert(decision.rule)
        }
        // Whom a rule in shadow mode lets in although it would not is nobody.
        let isVerified = decision.issuer != nil && decision.shadowReason == nil
        let claims = isVerified ? authorizer.claims([Self.subject, Self.expiry], of: decision) : nil
        let principal = isVerified ? principal(claims) : "anonymous"
        let expiry = value(Self.expiry, claims)
        let isOneRule = event.isConsistent && rules.count == 1
        let policy = policyWriter.allow(
            event.arn,
            rule: isOneRule ? decision.rule : nil,
            expiry: options.writesExpiry ? expiry.flatMap { Double($0) } : nil
        )
        guard let policy, principal.utf8.count <= AuthorizerResponse.longestPrincipal else {
            // The request is allowed and cannot be told without allowing others.
            let refused = Decision(policy == nil ? .pathAmbiguous : .claimMalformed, rule: decision.rule)
            return outcome(refused, deny(refused, event.kind, event.arn), event.kind, event.requestID)
        }
        let response = AuthorizerResponse(
            principal: principal,
            policy: policy,
            context: context(
                decision,
                principal: principal,
                expiry: expiry,
                hasSubject: value(Self.subject, claims) != nil
            )
        )
        let form = event.kind.mayBeSimple ? options.form : .policy
        return outcome(decision, .response(response.bytes(form)), event.kind, event.requestID)
    }

    private func deny(_ decision: Decision, _ kind: EventKind?, _ arn: MethodARN?) -> EventOutcome.Answer {
        switch decision.reason.kind {
        case .ownFailure: return .failure
        case .credentialMissing, .credentialRepeated, .credentialInvalid:
            if options.failsUnauthorized { return .unauthorized }
        case .insufficient, .refused, .allowed: break
        }
        var context = [(name: "reason", value: decision.reason.rawValue)]
        if let rule = decision.rule { context.append(("rule", authorizer.snapshot.policy.rules[rule].name)) }
        let response = AuthorizerResponse(principal: "anonymous", policy: policyWriter.deny(arn), context: context)
        // Whoever sent an event of no known kind may expect either form.
        return .response(response.bytes(kind?.mayBeSimple ?? true ? options.form : .policy))
    }

    private func outcome(
        _ decision: Decision,
        _ answer: EventOutcome.Answer,
        _ kind: EventKind?,
        _ requestID: String?
    ) -> EventOutcome {
        let policy = authorizer.snapshot.policy
        return EventOutcome(
            answer: answer,
            decision: decision,
            kind: kind,
            rule: decision.rule.map { policy.rules[$0].name },
            issuer: decision.issuer.map { policy.issuers[$0].name },
            requestID: requestID
        )
    }

    /// `sub`, as it may stand in a header.
    private func principal(_ claims: ClaimFacts?) -> String {
        let subject = value(Self.subject, claims) ?? ""
        return subject.isEmpty ? "unknown" : HeaderText.encode(subject)
    }

    /// The text of a claim that is a string or a number.
    private func value(_ claim: ClaimPath, _ claims: ClaimFacts?) -> String? {
        switch claims?.values.first(where: { $0.claim == claim })?.value.content {
        case .string(let text), .number(let text): text
        case .object, .array, .bool, .null, nil: nil
        }
    }

    private func context(
        _ decision: Decision,
        principal: String,
        expiry: String?,
        hasSubject: Bool
    ) -> [(name: String, value: String)] {
        let policy = authorizer.snapshot.policy
        var context = [(name: "reason", value: decision.reason.rawValue)]
        guard let rule = decision.rule else { return context }
        context.append(("rule", policy.rules[rule].name))
        if let reason = decision.shadowReason { context.append(("shadow_reason", reason.rawValue)) }
        if let issuer = decision.issuer { context.append(("issuer", policy.issuers[issuer].name)) }
        if let expiry { context.append(("exp", expiry)) }
        let identity = authorizer.identity
        for (index, name) in contextNames.names(rule: rule).enumerated() where index < identity.ranges.count {
            guard let name, !identity.ranges[index].isEmpty else { continue }
            context.append((name, String(decoding: identity.bytes[identity.ranges[index]], as: UTF8.self)))
        }
        if hasSubject, !context.contains(where: { $0.name == "sub" }) { context.append(("sub", principal)) }
        return context
    }
}

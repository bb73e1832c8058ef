internal import Authorization
internal import Gateways

/// Everything that the proxy answers itself, prepared once for a policy.
struct ProxyReplies: Sendable {
    /// By the reason's position.
    private let denials: [ProxyReply]
    /// For each rule, the same for `scope_insufficient`, which names the rule's scopes.
    private let scopeDenials: [ProxyReply]
    /// By the failure's position.
    private let failures: [ProxyReply]
    /// For request targets that are none (RFC 9112 §3.2), and forms that only a forward proxy serves.
    let malformedTarget: ProxyReply

    init(policy: Policy, challenge: Challenge) {
        denials = Reason.allCases.map { Self.denial($0, challenge.value(for: $0)) }
        scopeDenials = policy.rules.map { rule in
            guard case .require(let requirement) = rule.effect else { return Self.denial(.scopeInsufficient, nil) }
            let value = challenge.value(for: .scopeInsufficient, scopes: requirement.scopes)
            return Self.denial(.scopeInsufficient, value)
        }
        failures = ProxyFailure.allCases.sorted { $0.position < $1.position }.map(Self.failure)
        malformedTarget = Self.denial(.pathAmbiguous, nil, status: 400, sentence: Self.targetSentence)
    }

    /// The answer to a request that was not allowed.
    /// - Parameter allowed: the methods that the path is served under, for `method_not_allowed`.
    func denial(_ decision: Decision, allowed: [String]) -> ProxyReply {
        if decision.isTargetMalformed { return malformedTarget }
        if decision.reason == .methodNotAllowed {
            // RFC 9110 §15.5.6: a 405 says what would have been allowed.
            let methods = ("Allow", allowed.joined(separator: ", "))
            return Self.denial(.methodNotAllowed, nil, status: 405, [methods])
        }
        if decision.reason == .scopeInsufficient, let rule = decision.rule, rule < scopeDenials.count {
            return scopeDenials[rule]
        }
        return denials[decision.reason.position]
    }

    func failure(_ failure: ProxyFailure) -> ProxyReply { failures[failure.position] }

    private static let targetSentence: StaticString =
        "The request target must be a path that begins with a slash, percent-encoded as RFC 3986 says."

    private static func denial(
        _ reason: Reason,
        _ challenge: String?,
        status: UInt16? = nil,
        sentence: StaticString? = nil,
        _ more: [(String, String)] = []
    ) -> ProxyReply {
        // `allowed` is no denial; its place holds a 503, so that nothing opens by mistake.
        let reason = reason == .allowed ? .overloaded : reason
        var fields = [
            ("X-Authd-Decision", Decision(reason).outcome.rawValue),
            ("X-Authd-Reason", reason.rawValue),
        ]
        if let challenge { fields.append(("WWW-Authenticate", challenge)) }
        if reason.kind == .ownFailure { fields.append(("Retry-After", "1")) }
        return ProxyReply(
            status: status ?? UInt16(clamping: reason.decisionStatus),
            code: reason.rawValue,
            sentence: sentence ?? reason.sentence,
            fields: fields + more
        )
    }

    private static func failure(_ failure: ProxyFailure) -> ProxyReply {
        var fields = [("X-Authd-Decision", Decision.Outcome.error.rawValue)]
        if failure == .overloaded {
            fields.append(("X-Authd-Reason", Reason.overloaded.rawValue))
            fields.append(("Retry-After", "1"))
        }
        return ProxyReply(
            status: failure.status,
            code: failure.rawValue,
            sentence: failure.sentence,
            fields: fields
        )
    }
}

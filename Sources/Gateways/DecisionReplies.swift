package import Authorization

/// The answers of the decision endpoint, prepared once for a policy: a reply is a copy of bytes that lie ready, the values
/// of the identity headers, and the end.
package struct DecisionReplies: Sendable {
    /// For each rule, the head of its allow up to the identity headers.
    private let allows: [[UInt8]]
    /// For each reason, by its position, the whole head of a denial but the end.
    private let denials: [[UInt8]]
    /// For each rule, the same for `scope_insufficient`, which names the rule's scopes.
    private let scopeDenials: [[UInt8]]
    /// `Name: ` of each identity header, of whatever rule.
    private let identityNames: [[UInt8]]
    /// `Name: ` of the field that carries the assertion; empty where there are none.
    private let assertionName: [UInt8]
    private let keepAliveEnd = Array("Connection: keep-alive\r\n\r\n".utf8)
    private let closeEnd = Array("Connection: close\r\n\r\n".utf8)

    /// How the connection goes on after a reply.
    package enum End: Sendable, Equatable {
        /// HTTP/1.1 and nothing to say.
        case persistent
        /// An HTTP/1.0 client asked to keep the connection (RFC 9112 §9.3).
        case keepAlive
        case close
    }

    /// - Parameter assertionHeader: the field that carries authd's own signed word; nil: none does.
    package init(policy: Policy, challenge: Challenge, assertionHeader: String? = nil) {
        allows = policy.rules.map { Self.allow(rule: $0.name) }
        denials = Reason.allCases.map { Self.denial($0, challenge.value(for: $0)) }
        scopeDenials = policy.rules.map { rule in
            guard case .require(let requirement) = rule.effect else { return [] }
            return Self.denial(
                .scopeInsufficient,
                challenge.value(for: .scopeInsufficient, scopes: requirement.scopes)
            )
        }
        identityNames = policy.identityHeaderNames.map { Array("\($0): ".utf8) }
        assertionName = assertionHeader.map { Array("\($0): ".utf8) } ?? []
    }

    /// Appends the reply to a decision.
    /// - Parameters:
    ///   - identity: the authorizer's identity after an allow.
    ///   - assertion: the signed word about this decision, of base64url and dots; empty where there is none. The field
    ///     is set all the same, since a gateway that copies fields leaves a client's own where it is given none.
    package func append(
        _ decision: Decision,
        identity: IdentityValues,
        assertion: [UInt8] = [],
        end: End,
        to output: inout [UInt8]
    ) {
        if decision.outcome == .allow, let rule = decision.rule, rule < allows.count {
            output.append(contentsOf: allows[rule])
            append(identity, to: &output)
            if !assertionName.isEmpty {
                output.append(contentsOf: assertionName)
                output.append(contentsOf: assertion)
                output.append(contentsOf: [0x0D, 0x0A])
            }
        } else if decision.reason == .scopeInsufficient, let rule = decision.rule, rule < scopeDenials.count {
            output.append(contentsOf: scopeDenials[rule])
        } else {
            // `allowed` without a rule does not exist; its place holds a 503, so that nothing opens by mistake.
            output.append(contentsOf: denials[decision.reason.position])
        }
        switch end {
        case .persistent: output.append(contentsOf: [0x0D, 0x0A])
        case .keepAlive: output.append(contentsOf: keepAliveEnd)
        case .close: output.append(contentsOf: closeEnd)
        }
    }

    private func append(_ identity: IdentityValues, to output: inout [UInt8]) {
        for (index, name) in identityNames.enumerated() {
            output.append(contentsOf: name)
            if index < identity.ranges.count { output.append(contentsOf: identity.bytes[identity.ranges[index]]) }
            output.append(contentsOf: [0x0D, 0x0A])
        }
    }

    private static func allow(rule: String) -> [UInt8] {
        Array(
            """
            HTTP/1.1 200 OK\r
            X-Authd-Decision: allow\r
            X-Authd-Reason: allowed\r
            X-Authd-Rule: \(rule)\r
            Cache-Control: no-store\r
            Content-Length: 0\r\n
            """.utf8
        )
    }

    private static func denial(_ reason: Reason, _ challenge: String?) -> [UInt8] {
        let reason = reason == .allowed ? .overloaded : reason
        let decision = Decision(reason).outcome.rawValue
        let authenticate = challenge.map { "WWW-Authenticate: \($0)\r\n" } ?? ""
        let retry = reason.kind == .ownFailure ? "Retry-After: 1\r\n" : ""
        return Array(
            """
            HTTP/1.1 \(StatusLine.text(reason.decisionStatus))\r
            X-Authd-Decision: \(decision)\r
            X-Authd-Reason: \(reason.rawValue)\r
            \(authenticate)\(retry)Cache-Control: no-store\r
            Content-Length: 0\r\n
            """.utf8
        )
    }
}

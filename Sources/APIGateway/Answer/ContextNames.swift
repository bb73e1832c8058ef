internal import Authorization

/// What the identity claims are called in the context: by their claim, so that `$context.authorizer.groups` is `groups`.
struct ContextNames: Sendable {
    /// For each rule, one name for each of `Policy.identityHeaderNames`; nil: no claim, or a name that is taken.
    private let names: [[String?]]

    /// The authorizer's own words, which no claim replaces; `principalId` and `integrationLatency` are API Gateway's.
    static let reserved = [
        "reason", "rule", "issuer", "exp", "shadow_reason", "principalId", "integrationLatency",
    ]

    init(_ policy: Policy) {
        let headers = policy.identityHeaderNames
        names = policy.rules.map { rule in
            var taken = Set(Self.reserved)
            return headers.map { header in
                let claim = (policy.identityHeaders + rule.headers).last { Self.isSame($0.header, header) }?.claim
                guard let name = claim.map(Self.name), taken.insert(name).inserted else { return nil }
                return name
            }
        }
    }

    func names(rule: Int) -> [String?] { names[rule] }

    /// A nested claim's member names with underscores between.
    private static func name(_ claim: ClaimPath) -> String { claim.names.joined(separator: "_") }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.map(\.lowercasedASCII) == right.utf8.map(\.lowercasedASCII)
    }
}

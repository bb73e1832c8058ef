internal import Authorization

/// Turns an allowed request into a policy that covers what its rule covers, and never more.
struct PolicyWriter: Sendable {
    private let coverages: [RuleCoverage?]

    init(_ policy: Policy) {
        let builder = CoverageBuilder(policy.rules)
        coverages = policy.rules.indices.map { builder.coverage(of: $0) }
    }

    /// - Parameters:
    ///   - rule: the rule that allowed; nil where several did, or the event names two requests.
    ///   - expiry: when the token expires, to be written as a condition; nil: none is.
    /// - Returns: nil where the request cannot be named without naming others as well, or not in 512 characters.
    func allow(_ arn: MethodARN, rule: Int?, expiry: Double?) -> PolicyDocument? {
        if let rule, let coverage = coverages[rule], arn.stage != "*" {
            if coverage.allows(arn.rest), let document = document(arn, coverage, expiry) { return document }
            // The path is spelled in another way, which is allowed too.
            if coverage.deny.isEmpty, let exact = Self.exact(arn) {
                let wider = RuleCoverage(allow: coverage.allow + [exact], deny: [])
                if let document = document(arn, wider, expiry) { return document }
            }
        }
        guard let exact = Self.exact(arn) else { return nil }
        return document(arn, RuleCoverage(allow: [exact], deny: []), expiry)
    }

    /// Names the request itself, or everything where it cannot be named.
    func deny(_ arn: MethodARN?) -> PolicyDocument {
        guard let arn, Self.exact(arn) != nil, arn.text.utf8.count <= PolicyDocument.longestResource else {
            return .deny("*")
        }
        return .deny(arn.text)
    }

    private func document(_ arn: MethodARN, _ coverage: RuleCoverage, _ expiry: Double?) -> PolicyDocument? {
        let allow = coverage.allow.map { arn.prefix + $0 }
        let deny = coverage.deny.map { arn.prefix + $0 }
        guard (allow + deny).allSatisfy({ $0.utf8.count <= PolicyDocument.longestResource }) else { return nil }
        var statements = [PolicyDocument.Statement(isAllowed: true, resources: allow, expiry: expiry)]
        if !deny.isEmpty {
            statements.append(PolicyDocument.Statement(isAllowed: false, resources: deny, expiry: nil))
        }
        return PolicyDocument(statements: statements)
    }

    /// The request's own text where IAM reads it as itself: without wildcards and variables (`${…}`).
    private static func exact(_ arn: MethodARN) -> String? {
        var last: UInt8 = 0
        for byte in arn.rest.utf8 {
            let isVariable = last == UInt8(ascii: "$") && byte == UInt8(ascii: "{")
            guard byte != UInt8(ascii: "*"), byte != UInt8(ascii: "?"), !isVariable else { return nil }
            last = byte
        }
        return arn.rest
    }
}

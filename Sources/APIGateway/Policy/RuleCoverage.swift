/// What one rule allows, in IAM's words: texts that stand behind an ARN's `API/STAGE/`.
struct RuleCoverage: Sendable, Equatable {
    /// Each is `METHOD/path`, with `*` where the rule's pattern has one.
    var allow: [String]
    /// What the wildcards of `allow` reach beyond the rule: other rules' paths, and paths that no rule allows.
    var deny: [String]

    /// Whether it allows the request that IAM calls `rest`.
    func allows(_ rest: String) -> Bool {
        let text = Array(rest.utf8)
        return allow.contains { Wildcards.match(Array($0.utf8), text) }
            && !deny.contains { Wildcards.match(Array($0.utf8), text) }
    }
}

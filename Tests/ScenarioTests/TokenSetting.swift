import TestSupport

/// What a daemon has to be configured with for a group of token cases.
struct TokenSetting: Hashable {
    private let key: JSONTree
    private let algorithms: [String]
    private let policy: [String: JSONTree]
    let isKeyWeak: Bool
    /// Whether HMAC stands beside other algorithms, or an algorithm that does not exist: no configuration has that.
    let isImpossible: Bool

    /// `nil` where the case's policy has no counterpart in the configuration.
    init?(_ item: TokenCase) {
        guard item.policy.keys.allSatisfy({ ["iss", "aud", "require", "typ"].contains($0) }) else { return nil }
        key = item.key
        algorithms = item.alg_allowed
        policy = item.policy
        isKeyWeak = item.weak_key
        let secrets = item.alg_allowed.count { ["HS256", "HS384", "HS512"].contains($0) }
        isImpossible = item.alg_allowed.contains("none") || (secrets > 0 && secrets < item.alg_allowed.count)
    }

    var isPublicKey: Bool { algorithms.contains { !$0.hasPrefix("HS") } }

    var configuration: DaemonConfiguration {
        var configuration = DaemonConfiguration()
        var lines = [
            "algorithms: [\(algorithms.joined(separator: ", "))]", "leeway: 0s", "max_lifetime: unlimited",
            "accept_future_iat: true",
        ]
        if case .string(let issuer) = policy["iss"] { lines.append("issuer: \(issuer)") }
        if case .string(let audience) = policy["aud"] { lines.append("audiences: [\(audience)]") }
        if case .array = policy["require"] {
            lines.append("require: \(policy["require"]?.text ?? "[]")")
        } else {
            lines.append("require: []")
        }
        if case .string(let type) = policy["typ"] { lines.append("types: [\(type)]") }
        if isKeyWeak, !isPublicKey { lines.append("minimum_secret_bytes: 1") }
        configuration.issuer = lines.map { "    " + $0 }.joined(separator: "\n")
        configuration.secrets = key.text
        // The keys of public suites are public.
        configuration.rules = "  - name: all\n    match: { path: /hello/** }\n    require: { issuer: main }"
        configuration.eventLoops = 1
        // One case is a well-formed token of 10 666 bytes.
        configuration.extra = "limits: { token_bytes: 12288 }\n"
        return configuration
    }
}

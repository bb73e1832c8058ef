import Authorization
import JOSE
import TestSupport

/// Policies of every shape that a configuration can have.
enum RandomPolicy {
    private static let texts = [
        "eng", "a b", "\"quoted\"", "back\\slash", "ünïcode", "日本", "emoji 🙂", "true", "3", "", "/", "~", "line\nbreak",
        "\u{7F}",
    ]

    static func make(_ generator: inout SeededGenerator) throws -> Policy {
        let issuers = (0..<Int.random(in: 1...4, using: &generator)).map { issuer($0, &generator) }
        var rules: [Rule] = []
        for index in 0..<Int.random(in: 0...6, using: &generator) {
            rules.append(try rule(index, issuers.map(\.name), &generator))
        }
        var headers: [IdentityHeader] = []
        for index in 0..<Int.random(in: 0...4, using: &generator) {
            guard let claim = ClaimPath(pick(["sub", "/a/b~1c", "https://x/y", "ü"], &generator)) else { continue }
            headers.append(IdentityHeader(header: pick(["X-Auth-", "remote_"], &generator) + "\(index)", claim: claim))
        }
        let bytes = Int.random(in: 64...65_536, using: &generator)
        return Policy(issuers: issuers, rules: rules, identityHeaders: headers, maximumTokenBytes: bytes)
    }

    private static func issuer(_ index: Int, _ generator: inout SeededGenerator) -> IssuerPolicy {
        let hasIssuer = Bool.random(using: &generator)
        return IssuerPolicy(
            name: pick(["a", "main issuer", "x'y"], &generator) + "\(index)",
            issuer: hasIssuer ? pick(["https://ü.example/\"", "a b"], &generator) + "\(index)" : nil,
            audiences: Bool.random(using: &generator) ? [] : ["api", "b c"],
            algorithms: algorithms(&generator),
            leeway: Double(Int.random(in: 0...300_000, using: &generator)) / 1000,
            maximumLifetime: Bool.random(using: &generator)
                ? nil : Double(Int.random(in: 1...31_536_000, using: &generator)),
            requiredClaims: pick([[], ["exp"], ["exp", "sub", "ü"]], &generator),
            types: pick([[], ["at+jwt"], ["jwt", "a/b"]], &generator),
            claims: claims(&generator),
            refusesFutureIssue: Bool.random(using: &generator),
            // Each its own, so that issuers without `iss` go together.
            credential: pick([.header("x-token-\(index)"), .cookie("Token\(index)")], &generator)
        )
    }

    /// Secrets or public keys, never both.
    private static func algorithms(_ generator: inout SeededGenerator) -> [SignatureAlgorithm] {
        let isSymmetric = Bool.random(using: &generator)
        let family = SignatureAlgorithm.allCases.filter { $0.isSymmetric == isSymmetric }.shuffled(using: &generator)
        return Array(family.prefix(Int.random(in: 1...family.count, using: &generator)))
    }

    private static func rule(_ index: Int, _ issuers: [String], _ generator: inout SeededGenerator) throws -> Rule {
        let match = RequestMatch(
            host: HostPattern(pick(["", "a.example", "*.b.example", "[::1]", "xn--a"], &generator)),
            path: try PathPattern("/rule-\(index)" + pick(["", "/", "/*/b", "/ü/**", "/a%20b", "/h%65"], &generator)),
            methods: pick([[], ["GET"], ["GET", "M-SEARCH"]], &generator)
        )
        let effect = try effect(issuers, &generator)
        let mayShadow = effect != .anonymous
        let mode: Rule.Mode = mayShadow && Bool.random(using: &generator) ? .shadow : .enforce
        let mayForward = effect != .deny || mode == .shadow
        let upstream = mayForward && Bool.random(using: &generator) ? "upstream \(index)" : nil
        var rule = Rule(name: "rule \(index)", match: match, effect: effect, mode: mode, upstream: upstream)
        if case .require = effect, let claim = ClaimPath(pick(["team", "/a/b"], &generator)) {
            // The first may be the policy's own, said anew.
            let names = pick([[], ["X-Auth-0"], ["X-Rule-\(index)", "X-Team"]], &generator)
            rule.headers = names.map { IdentityHeader(header: $0, claim: claim) }
        }
        return rule
    }

    private static func effect(_ issuers: [String], _ generator: inout SeededGenerator) throws -> Rule.Effect {
        switch Int.random(in: 0...3, using: &generator) {
        case 0: return .anonymous
        case 1: return .deny
        default: break
        }
        return .require(requirement(issuers, depth: 1, &generator))
    }

    /// - Parameter issuers: what may be named; one that is named leaves no other to those within.
    private static func requirement(
        _ issuers: [String],
        depth: Int,
        _ generator: inout SeededGenerator
    ) -> Requirement {
        var requirement = Requirement()
        requirement.issuer = Bool.random(using: &generator) ? issuers.randomElement(using: &generator) : nil
        requirement.scopes = pick([[], ["a"], ["a:b", "https://c/d"]], &generator)
        requirement.claims = claims(&generator)
        guard depth < Requirement.maximumDepth, Int.random(in: 0...2, using: &generator) == 0 else {
            return requirement
        }
        // All of one issuer, so that they can be met together.
        let within = requirement.issuer.map { [$0] } ?? Array(issuers.prefix(1))
        requirement.allOf = (0..<Int.random(in: 0...2, using: &generator)).compactMap { _ in
            part(within, depth: depth + 1, &generator)
        }
        requirement.anyOf = (0..<Int.random(in: 0...2, using: &generator)).compactMap { _ in
            part(within, depth: depth + 1, &generator)
        }
        return requirement
    }

    /// nil instead of one that asks for nothing, which is refused within another.
    private static func part(_ issuers: [String], depth: Int, _ generator: inout SeededGenerator) -> Requirement? {
        let part = requirement(issuers, depth: depth, &generator)
        return part == Requirement() ? nil : part
    }

    private static func claims(_ generator: inout SeededGenerator) -> [ClaimRequirement] {
        ["a", "/b/c", "ü \"x\""].compactMap { name in
            guard Bool.random(using: &generator), let claim = ClaimPath(name) else { return nil }
            let literals = (0...Int.random(in: 0...3, using: &generator)).map { _ in literal(&generator) }
            return ClaimRequirement(claim: claim, anyOf: literals)
        }
    }

    private static func literal(_ generator: inout SeededGenerator) -> ClaimLiteral {
        switch Int.random(in: 0...2, using: &generator) {
        case 0: .integer(Int64.random(in: .min ... .max, using: &generator))
        case 1: .bool(Bool.random(using: &generator))
        default: .string(pick(texts, &generator))
        }
    }

    private static func pick<Value>(_ values: [Value], _ generator: inout SeededGenerator) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }
}

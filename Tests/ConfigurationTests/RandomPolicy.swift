import Authorization
import JOSE

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
            algorithms: SignatureAlgorithm.allCases.shuffled(using: &generator).dropLast(index % 3),
            leeway: Double(Int.random(in: 0...300_000, using: &generator)) / 1000,
            maximumLifetime: Bool.random(using: &generator)
                ? nil : Double(Int.random(in: 1...31_536_000, using: &generator)),
            requiredClaims: pick([[], ["exp"], ["exp", "sub", "ü"]], &generator),
            types: pick([[], ["at+jwt"], ["jwt", "a/b"]], &generator),
            refusesFutureIssue: Bool.random(using: &generator),
            // Each its own, so that issuers without `iss` go together.
            credential: pick([.header("x-token-\(index)"), .cookie("Token\(index)")], &generator)
        )
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
        return Rule(name: "rule \(index)", match: match, effect: effect, mode: mode, upstream: upstream)
    }

    private static func effect(_ issuers: [String], _ generator: inout SeededGenerator) throws -> Rule.Effect {
        switch Int.random(in: 0...3, using: &generator) {
        case 0: return .anonymous
        case 1: return .deny
        default: break
        }
        var requirement = Requirement()
        requirement.issuer = Bool.random(using: &generator) ? issuers.randomElement(using: &generator) : nil
        requirement.scopes = pick([[], ["a"], ["a:b", "https://c/d"]], &generator)
        for name in ["a", "/b/c", "ü \"x\""] where Bool.random(using: &generator) {
            guard let claim = ClaimPath(name) else { continue }
            let literals = (0...Int.random(in: 0...3, using: &generator)).map { _ in literal(&generator) }
            requirement.claims.append(ClaimRequirement(claim: claim, anyOf: literals))
        }
        return .require(requirement)
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

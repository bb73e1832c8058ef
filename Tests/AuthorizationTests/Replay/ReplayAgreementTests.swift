import Authorization
import TestSupport
import Testing

/// A replay against the truth: the same request with its token, decided for real under both policies.
@Suite struct ReplayAgreementTests {
    private static let targets = [
        "/a", "/a/b", "/A", "/a/", "/b", "/c/x", "/%61", "/b%20c", "/caf%C3%A9", "//", "/a/%2e%2e/b", "/x?q=1",
    ]
    private static let paths = ["/a", "/a/**", "/b", "/c/*", "/**", "/x", "/b c", "/café"]
    private static let logged = ["scope", "department", "/realm/roles"]

    private func claims(_ random: inout SeededGenerator) -> [String: String?] {
        var claims: [String: String?] = [:]
        claims["scope"] = [nil, "\"read\"", "\"read write\"", "\"\"", "7"].randomElement(using: &random) ?? nil
        if Bool.random(using: &random) { claims["scp"] = #"["write"]"# }
        claims["department"] =
            [nil, "\"eng\"", "\"ops\"", "[\"eng\"]", "1", "null"].randomElement(using: &random) ?? nil
        claims["realm"] = [nil, #"{"roles":["admin"]}"#, #"{"roles":"x"}"#, "[]"].randomElement(using: &random) ?? nil
        switch Int.random(in: 0..<8, using: &random) {
        case 0: claims["exp"] = .some("1")
        case 1: claims["aud"] = .some("\"other\"")
        case 2: claims["iss"] = .some("\"https://other.example\"")
        default: break
        }
        return claims
    }

    private func requirement(_ random: inout SeededGenerator, depth: Int = 0) -> Requirement {
        var requirement = Requirement()
        if Bool.random(using: &random) {
            requirement.scopes = [["read"], ["write"], ["read", "write"]].randomElement(using: &random) ?? []
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            requirement.issuer = ["invoker", "other"].randomElement(using: &random)
        }
        for (name, value) in [("department", "eng"), ("/realm/roles", "admin")] where Bool.random(using: &random) {
            guard let claim = ClaimPath(name) else { continue }
            requirement.claims.append(ClaimRequirement(claim: claim, anyOf: [.string(value)]))
        }
        guard depth < 2 else { return requirement }
        for _ in 0..<Int.random(in: 0...1, using: &random) {
            requirement.allOf.append(self.requirement(&random, depth: depth + 1))
        }
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            requirement.anyOf.append(self.requirement(&random, depth: depth + 1))
        }
        return requirement
    }

    private func world(_ random: inout SeededGenerator) -> World {
        var rules: [Rule] = []
        for path in Self.paths where Bool.random(using: &random) {
            let effect: Rule.Effect =
                switch Int.random(in: 0..<6, using: &random) {
                case 0: .anonymous
                case 1: .deny
                default: .require(requirement(&random))
                }
            let host = Int.random(in: 0..<6, using: &random) == 0 ? "api.example" : nil
            let methods = Int.random(in: 0..<4, using: &random) == 0 ? ["POST"] : []
            let mode: Rule.Mode = Int.random(in: 0..<4, using: &random) == 0 ? .shadow : .enforce
            rules.append(World.rule(path, host: host, methods: methods, effect, mode: mode))
        }
        var world = World(rules: rules)
        var other = world.policy.issuers[0]
        other.name = "other"
        other.issuer = "https://other.example"
        world.policy.issuers.append(other)
        world.rings.append(world.rings[0])
        return world
    }

    private func request(_ random: inout SeededGenerator) -> TestRequest {
        var request = TestRequest(Self.targets.randomElement(using: &random) ?? "/a")
        request.method = ["GET", "POST"].randomElement(using: &random) ?? "GET"
        request.host = [nil, "api.example", "API.example:80", "other", "bad host"].randomElement(using: &random) ?? nil
        let secret = Int.random(in: 0..<6, using: &random) == 0 ? TestToken.otherSecret : TestToken.secret
        switch Int.random(in: 0..<8, using: &random) {
        case 0: request.credential = .absent
        case 1: request.credential = .repeated
        default: request.credential = .token(TestToken.token(claims(&random), secret: secret), source: 0)
        }
        return request
    }

    private func record(_ request: TestRequest, _ world: World, _ logged: [ClaimPath]) -> RecordedDecision {
        var authorizer = world.authorizer()
        let decision = authorizer.decide(request)
        return RecordedDecision(
            reason: decision.reason,
            method: request.method,
            host: authorizer.decidedHost,
            path: authorizer.decidedPath,
            rule: decision.rule.map { world.policy.rules[$0].name },
            issuer: decision.issuer.map { world.policy.issuers[$0].name },
            shadowReason: decision.shadowReason,
            claims: authorizer.claims(logged, of: decision) ?? ClaimFacts(),
            time: Timestamp(seconds: TestToken.now)
        )
    }

    private func isSame(_ left: Decision, _ right: Decision) -> Bool {
        left.reason == right.reason && left.rule == right.rule && left.shadowReason == right.shadowReason
    }

    @Test func a_replay_with_all_claims_says_what_a_real_decision_would_say() {
        var random = SeededGenerator(seed: 31)
        let logged = Self.logged.compactMap { ClaimPath($0) }
        var decided = 0
        var unseen = 0
        for _ in 0..<400 {
            let old = world(&random)
            let new = world(&random)
            var replay = PolicyReplay(new.policy)
            for _ in 0..<25 {
                let request = request(&random)
                let record = record(request, old, logged)
                let truth = new.decide(request)
                switch replay.replay(record) {
                case .asRecorded:
                    #expect(truth.reason == record.reason)
                case .decided(let decision):
                    decided += 1
                    // What a rule in shadow mode would have recorded of an unseen token is not known.
                    let isHalf =
                        decision.reason == .allowed && truth.reason == .allowed && decision.rule == truth.rule
                        && record.outcome != .allow && decision.shadowReason == nil
                    #expect(isSame(decision, truth) || isHalf, "\(record)\n\(decision)\n\(truth)")
                case .undetermined(_, let missing):
                    #expect(missing == [.verifiedToken])
                    unseen += 1
                }
            }
        }
        print("replay = decide on 10000 requests: \(decided) decided, \(unseen) with a token that nobody had looked at")
        #expect(decided > 4000 && unseen > 500)
    }

    @Test func a_replay_with_some_claims_is_never_wrong_about_the_outcome() {
        var random = SeededGenerator(seed: 32)
        var asked = 0
        for _ in 0..<400 {
            let old = world(&random)
            let new = world(&random)
            let logged = Self.logged.filter { _ in Bool.random(using: &random) }.compactMap { ClaimPath($0) }
            var replay = PolicyReplay(new.policy)
            for _ in 0..<25 {
                let request = request(&random)
                let record = record(request, old, logged)
                switch replay.replay(record) {
                case .asRecorded: break
                case .decided(let decision): #expect(decision.outcome == new.decide(request).outcome, "\(record)")
                case .undetermined(_, let missing):
                    let names = missing.compactMap { missing in
                        if case .claim(let claim) = missing { claim } else { nil }
                    }
                    #expect(names.allSatisfy { name in !logged.contains { $0.text == name.text } })
                    if !names.isEmpty { asked += 1 }
                }
            }
        }
        #expect(asked > 50)
    }
}

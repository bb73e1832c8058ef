import Authorization
import JOSE
import TestSupport
import Testing

/// Going over to another state of the world, on the authorizer that has decided in the old one.
@Suite struct SnapshotTests {
    private func decide(_ authorizer: inout Authorizer, _ token: String, at target: String = "/hello") -> Reason {
        authorizer.decide(TestRequest(target, token: token)).reason
    }

    @Test func a_removed_key_stops_counting_with_the_call_and_a_new_one_begins() {
        var world = World()
        var authorizer = world.authorizer()
        let old = TestToken.token()
        let new = TestToken.token(secret: TestToken.otherSecret)
        #expect(decide(&authorizer, old) == .allowed)
        #expect(decide(&authorizer, new) == .signatureInvalid)
        world.rings = [TestToken.key(nil, TestToken.otherSecret).map { KeyRing(keys: [$0]) }]
        authorizer.replace(world.snapshot)
        #expect(decide(&authorizer, old) == .signatureInvalid)
        #expect(decide(&authorizer, new) == .allowed)
        world.rings = [nil]
        authorizer.replace(world.snapshot)
        #expect(decide(&authorizer, new) == .keysUnavailable)
    }

    @Test func a_new_policy_replaces_rules_issuers_sources_limits_and_identity() throws {
        var world = World(identity: [IdentityHeader(header: "X-User", claim: try #require(ClaimPath("sub")))])
        var authorizer = world.authorizer()
        let token = TestToken.token()
        #expect(decide(&authorizer, token) == .allowed)
        #expect(authorizer.identityTexts == ["alice"])
        world.policy.rules = [World.rule("/other/**")]
        authorizer.replace(world.snapshot)
        #expect(decide(&authorizer, token) == .noRule)
        #expect(decide(&authorizer, token, at: "/other/x") == .allowed)
        world.policy.identityHeaders = []
        authorizer.replace(world.snapshot)
        #expect(decide(&authorizer, token, at: "/other/x") == .allowed)
        #expect(authorizer.identityTexts == [])
        world.policy.maximumTokenBytes = 10
        authorizer.replace(world.snapshot)
        #expect(decide(&authorizer, token, at: "/other/x") == .tokenTooLong)
        world.policy.maximumTokenBytes = 100_000
        authorizer.replace(world.snapshot)
        let long = TestToken.token(["pad": "\"" + String(repeating: "p", count: 20_000) + "\""])
        #expect(decide(&authorizer, long, at: "/other/x") == .allowed)
        world.policy.issuers[0].credential = .cookie("c")
        authorizer.replace(world.snapshot)
        #expect(authorizer.credentialSources == [.cookie("c")])
        world.policy.issuers[0].audiences = ["else"]
        authorizer.replace(world.snapshot)
        #expect(decide(&authorizer, token, at: "/other/x") == .audienceMismatch)
        world.policy.rules = [World.rule("/other/**", .deny)]
        authorizer.replace(world.snapshot)
        #expect(decide(&authorizer, token, at: "/other/x") == .ruleDenies)
    }

    @Test func the_snapshot_is_the_one_that_was_given() {
        let snapshot = AuthorizationSnapshot(policy: World().policy, keyRings: [], generation: 7)
        var authorizer = World().authorizer()
        #expect(authorizer.snapshot.generation == 1)
        authorizer.replace(snapshot)
        #expect(authorizer.snapshot.generation == 7)
        #expect(authorizer.snapshot.keyRings.count == 1)
    }

    @Test func two_authorizers_do_not_share_anything() throws {
        let world = World(identity: [IdentityHeader(header: "X-User", claim: try #require(ClaimPath("sub")))])
        var first = world.authorizer()
        var second = world.authorizer()
        #expect(decide(&first, TestToken.token()) == .allowed)
        #expect(decide(&second, TestToken.token(["sub": "\"bob\""])) == .allowed)
        #expect(first.identityTexts == ["alice"])
        #expect(second.identityTexts == ["bob"])
    }

    @Test func one_authorizer_decides_many_different_tokens_in_turn() {
        var authorizer = World().authorizer()
        var random = SeededGenerator(seed: 14)
        for _ in 0..<3000 {
            let good = TestToken.token([
                "pad": "\"" + String(repeating: "x", count: Int.random(in: 0...300, using: &random)) + "\""
            ])
            let forged = TestToken.token(secret: TestToken.otherSecret)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: #expect(decide(&authorizer, good) == .allowed)
            case 1: #expect(decide(&authorizer, forged) == .signatureInvalid)
            case 2: #expect(decide(&authorizer, String(good.dropLast(2))) != .allowed)
            default: #expect(decide(&authorizer, "x.y") == .tokenMalformed)
            }
        }
    }
}

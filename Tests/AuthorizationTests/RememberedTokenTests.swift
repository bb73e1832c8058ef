import Authorization
import JOSE
import TestSupport
import Testing

/// What is remembered of a token never outlives what it was found out in.
@Suite struct RememberedTokenTests {
    private func decide(
        _ authorizer: inout Authorizer,
        _ token: String,
        _ target: String = "/hello",
        at now: Double = TestToken.now
    )
        -> Reason
    {
        authorizer.decide(TestRequest(target, token: token), at: now).reason
    }

    @Test func a_remembered_token_expires_on_the_second() {
        var authorizer = World().authorizer()
        let token = TestToken.token()
        for (now, expected) in [
            (TestToken.now, Reason.allowed), (1_800_000_059, .allowed), (1_800_000_060, .tokenExpired),
            (1_800_000_059.999, .allowed), (1_900_000_000, .tokenExpired), (TestToken.now, .allowed),
        ] {
            #expect(decide(&authorizer, token, at: now) == expected, "\(now)")
        }
    }

    @Test func a_remembered_token_is_looked_at_anew_for_another_rule() {
        let world = World(rules: [
            World.rule("/a/**"), World.rule("/b/**", .require(Requirement(scopes: ["b"]))),
        ])
        var authorizer = world.authorizer()
        let token = TestToken.token()
        for _ in 0..<3 {
            #expect(decide(&authorizer, token, "/a/x") == .allowed)
            #expect(decide(&authorizer, token, "/b/x") == .scopeInsufficient)
        }
    }

    @Test func a_remembered_token_of_one_place_is_not_accepted_in_another() {
        var world = World()
        var second = world.policy.issuers[0]
        second.name = "second"
        second.credential = .cookie("session")
        world.policy.issuers.append(second)
        world.rings.append(TestToken.key(nil, TestToken.otherSecret).map { KeyRing(keys: [$0]) })
        var authorizer = world.authorizer()
        let token = TestToken.token()
        #expect(decide(&authorizer, token) == .allowed)
        var request = TestRequest()
        request.credential = .token(token, source: 1)
        #expect(authorizer.decide(request).reason == .signatureInvalid)
        #expect(decide(&authorizer, token) == .allowed)
    }

    @Test func a_revocation_counts_at_the_next_request() {
        var world = World()
        var authorizer = world.authorizer()
        let token = TestToken.token(["jti": "\"one\""])
        let other = TestToken.token(["jti": "\"two\""])
        #expect(decide(&authorizer, token) == .allowed)
        world.revocations = RevocationTable([RevocationEntry(.token(id: "one"))])
        authorizer.replace(world.snapshot)
        #expect(decide(&authorizer, token) == .tokenRevoked)
        #expect(decide(&authorizer, other) == .allowed)
        world.revocations = nil
        authorizer.replace(world.snapshot)
        #expect(decide(&authorizer, token) == .allowed)
    }

    // Thousands of tokens in a few places: each is still told from every other.
    @Test(arguments: [0, 1, 4, 16, 1024])
    func tokens_push_each_other_out_and_are_never_mixed_up(capacity: Int) throws {
        let world = World(identity: [IdentityHeader(header: "X-User", claim: try #require(ClaimPath("sub")))])
        var authorizer = Authorizer(world.snapshot, rememberedTokens: capacity)
        var random = SeededGenerator(seed: 5)
        let good = (0..<200).map { TestToken.token(["sub": "\"user-\($0)\""]) }
        let bad = (0..<200).map { TestToken.token(["sub": "\"user-\($0)\""], secret: TestToken.otherSecret) }
        for _ in 0..<4000 {
            let index = Int.random(in: 0..<200, using: &random)
            if Bool.random(using: &random) {
                #expect(decide(&authorizer, good[index]) == .allowed)
                #expect(authorizer.identityTexts == ["user-\(index)"])
            } else {
                #expect(decide(&authorizer, bad[index]) == .signatureInvalid)
                #expect(authorizer.identityTexts == [""])
            }
        }
    }

    // The signature is the last part, so this is what an attacker who has seen a token without it would try.
    @Test func a_remembered_token_with_another_signature_is_another_token() {
        var authorizer = World().authorizer()
        let token = TestToken.token()
        #expect(decide(&authorizer, token) == .allowed)
        let forged = String(token.dropLast(4)) + "AAAA"
        for _ in 0..<3 {
            #expect(decide(&authorizer, forged) == .signatureInvalid)
            #expect(decide(&authorizer, token) == .allowed)
        }
    }

    @Test func a_retired_key_stops_counting_for_a_remembered_token_too() {
        var world = World()
        let end = TestToken.now + 5
        world.rings = [
            TestToken.key().map { KeyRing(entries: [KeyRing.Entry(key: $0, retiresAt: Timestamp(seconds: end))]) }
        ]
        var authorizer = world.authorizer()
        let token = TestToken.token()
        #expect(decide(&authorizer, token, at: end - 1) == .allowed)
        #expect(decide(&authorizer, token, at: end) == .signatureInvalid)
    }
}

import Authorization
import Testing

@Suite struct RuleEffectTests {
    private let identity = ClaimPath("sub").map { [IdentityHeader(header: "X-Auth-Request-User", claim: $0)] } ?? []

    @Test func an_anonymous_rule_looks_at_no_token() {
        let world = World(rules: [World.rule("/**", .anonymous)], identity: identity)
        var authorizer = world.authorizer()
        for credential in [
            TestRequest.Credential.absent, .repeated, .malformed, .token("garbage", source: 0),
            .token(TestToken.token(), source: 0),
            .token(TestToken.token(["exp": "1"]), source: 7),
        ] {
            var request = TestRequest()
            request.credential = credential
            #expect(authorizer.decide(request) == Decision(.allowed, rule: 0))
            #expect(authorizer.identityTexts == [""])
        }
    }

    // The identity of the request before must not be a header of this one.
    @Test func an_anonymous_request_and_a_denied_one_clear_the_identity() {
        let world = World(
            rules: [World.rule("/hello"), World.rule("/open", .anonymous), World.rule("/closed", .deny)],
            identity: identity
        )
        for (target, token) in [
            ("/open", TestToken.token()), ("/open", nil), ("/closed", TestToken.token()), ("/hello", nil),
            ("/hello", TestToken.token(["exp": "1"])), ("/hello", TestToken.token(secret: TestToken.otherSecret)),
        ] as [(String, String?)] {
            var authorizer = world.authorizer()
            #expect(authorizer.decide(TestRequest(token: TestToken.token())).reason == .allowed)
            #expect(authorizer.identityTexts == ["alice"])
            _ = authorizer.decide(TestRequest(target, token: token))
            #expect(authorizer.identityTexts == [""], "\(target)")
        }
    }

    @Test func a_rule_that_denies_looks_at_no_token_either() {
        let world = World(rules: [World.rule("/**", .deny)])
        #expect(world.decide(TestRequest(token: TestToken.token())) == Decision(.ruleDenies, rule: 0))
        #expect(world.decide(TestRequest()) == Decision(.ruleDenies, rule: 0))
    }

    @Test func a_shadow_rule_allows_and_says_what_it_would_have_denied() {
        var world = World(rules: [World.rule("/**", mode: .shadow)], identity: identity)
        #expect(world.decide(TestRequest(token: TestToken.token())) == Decision(.allowed, rule: 0, issuer: 0))
        #expect(world.decide(TestRequest()) == Decision(.allowed, rule: 0, shadowReason: .tokenMissing))
        let expired = TestRequest(token: TestToken.token(["exp": "1"]))
        #expect(world.decide(expired) == Decision(.allowed, rule: 0, shadowReason: .tokenExpired, issuer: 0))
        world.rings = [nil]
        let decision = world.decide(TestRequest(token: TestToken.token()))
        #expect(decision == Decision(.allowed, rule: 0, shadowReason: .keysUnavailable))
        let denying = World(rules: [World.rule("/**", .deny, mode: .shadow)])
        #expect(denying.decide(TestRequest()) == Decision(.allowed, rule: 0, shadowReason: .ruleDenies))
    }

    @Test func a_shadow_rule_gives_no_identity_to_a_request_that_it_would_have_denied() {
        let world = World(rules: [World.rule("/**", mode: .shadow)], identity: identity)
        var authorizer = world.authorizer()
        #expect(authorizer.decide(TestRequest(token: TestToken.token())).outcome == .allow)
        #expect(authorizer.identityTexts == ["alice"])
        for token in [TestToken.token(["exp": "1"]), TestToken.token(secret: TestToken.otherSecret), "x"] {
            #expect(authorizer.decide(TestRequest(token: token)).outcome == .allow)
            #expect(authorizer.identityTexts == [""])
        }
    }

    // The shadow lies over what a rule asks for, not over what makes a request readable.
    @Test func a_shadow_rule_does_not_let_an_ambiguous_path_through() {
        let world = World(rules: [World.rule("/**", .anonymous, mode: .shadow)])
        for target in ["/a//b", "/a/../b", "/a%2fb", "x", ""] {
            #expect(world.decide(TestRequest(target)).outcome == .deny)
        }
        #expect(world.decide(TestRequest("/a", host: "a b")).reason == .hostInvalid)
    }

    @Test func without_rules_nothing_is_allowed() {
        let world = World(rules: [])
        #expect(world.decide(TestRequest(token: TestToken.token())) == Decision(.noRule))
        #expect(world.decide(TestRequest("//")).reason == .pathAmbiguous)
    }

    @Test func a_target_that_is_none_is_told_from_an_ambiguous_one() {
        let world = World()
        #expect(world.decide(TestRequest("/a b")) == Decision(.pathAmbiguous, isTargetMalformed: true))
        #expect(world.decide(TestRequest("/a/../b")) == Decision(.pathAmbiguous))
    }
}

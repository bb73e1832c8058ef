import Authorization
import JOSE
import Testing

@Suite struct IssuerSelectionTests {
    /// Issuers `a` and `b` by their `iss`, and, where asked for, one that does not look at `iss`.
    private func world(withOpenIssuer: Bool = false) -> World {
        var world = World(rules: [World.rule("/**")])
        func issuer(_ name: String, _ iss: String?) -> IssuerPolicy {
            IssuerPolicy(name: name, issuer: iss, algorithms: [.hs256], leeway: 0, maximumLifetime: nil)
        }
        world.policy.issuers = [issuer("a", "https://a.example"), issuer("b", "https://b.example")]
        world.rings = [ring(1), ring(2)]
        if withOpenIssuer {
            world.policy.issuers.insert(issuer("open", nil), at: 0)
            world.rings.insert(ring(3), at: 0)
        }
        return world
    }

    private func ring(_ number: Int) -> KeyRing? {
        TestToken.key(nil, TestToken.secret(number)).map { KeyRing(keys: [$0]) }
    }

    private func decide(_ world: World, iss: String?, secret: Int) -> Decision {
        let token = TestToken.token(["iss": iss], secret: TestToken.secret(secret))
        return world.decide(TestRequest(token: token))
    }

    @Test func the_issuer_is_the_one_with_exactly_the_tokens_iss() {
        let world = world()
        #expect(decide(world, iss: "\"https://a.example\"", secret: 1) == Decision(.allowed, rule: 0, issuer: 0))
        #expect(decide(world, iss: "\"https://b.example\"", secret: 2) == Decision(.allowed, rule: 0, issuer: 1))
        #expect(decide(world, iss: "\"https:\\/\\/a.example\"", secret: 1).reason == .allowed)
        #expect(decide(world, iss: "\"https://a.example\"", secret: 2).reason == .signatureInvalid)
    }

    @Test(arguments: [
        "\"https://A.example\"", "\"https://a.example/\"", "\"https://a.example \"", "\"\"", "\"https://c.example\"",
        "\"https://a.example\\u0000\"", "[\"https://a.example\"]", "{\"a\":\"https://a.example\"}", "1", "null", "true",
    ])
    func another_iss_is_unknown_whoever_signed(iss: String) {
        #expect(decide(world(), iss: iss, secret: 1).reason == .issuerUnknown)
    }

    @Test func a_token_without_iss_is_unknown_where_every_issuer_has_one() {
        #expect(decide(world(), iss: nil, secret: 1).reason == .issuerUnknown)
        #expect(decide(world(), iss: nil, secret: 1).issuer == nil)
    }

    @Test func an_issuer_without_iss_takes_what_no_other_has() {
        let world = world(withOpenIssuer: true)
        #expect(decide(world, iss: nil, secret: 3).issuer == 0)
        #expect(decide(world, iss: "\"https://elsewhere.example\"", secret: 3).issuer == 0)
        #expect(decide(world, iss: "\"https://a.example\"", secret: 1).issuer == 1)
        // Its key does not speak for an issuer that has a name.
        #expect(decide(world, iss: "\"https://a.example\"", secret: 3).reason == .signatureInvalid)
        #expect(decide(world, iss: nil, secret: 1).reason == .signatureInvalid)
    }

    @Test func an_iss_that_is_no_string_is_malformed_even_where_it_is_not_looked_at() {
        let world = world(withOpenIssuer: true)
        for iss in ["1", "[\"a\"]", "{}", "true"] {
            #expect(decide(world, iss: iss, secret: 3).reason == .claimMalformed, "\(iss)")
        }
    }

    @Test func a_rule_can_ask_for_one_issuer() {
        var world = world()
        world.policy.rules = [World.rule("/**", .require(Requirement(issuer: "b")))]
        #expect(decide(world, iss: "\"https://b.example\"", secret: 2).reason == .allowed)
        #expect(decide(world, iss: "\"https://a.example\"", secret: 1) == Decision(.claimMismatch, rule: 0, issuer: 0))
        world.policy.rules = [World.rule("/**", .require(Requirement(issuer: "nobody")))]
        #expect(decide(world, iss: "\"https://b.example\"", secret: 2).reason == .claimMismatch)
    }

    @Test func keys_that_are_missing_for_one_issuer_leave_the_other_alone() {
        var world = world()
        world.rings = [nil, ring(2)]
        #expect(decide(world, iss: "\"https://a.example\"", secret: 1).reason == .keysUnavailable)
        #expect(decide(world, iss: "\"https://b.example\"", secret: 2).reason == .allowed)
    }

    @Test func without_issuers_no_token_is_allowed() {
        var world = World()
        world.policy.issuers = []
        #expect(world.decide(TestRequest(token: TestToken.token())).outcome == .deny)
        #expect(world.authorizer().credentialSources == [])
    }
}

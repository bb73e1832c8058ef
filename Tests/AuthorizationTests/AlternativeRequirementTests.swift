import Authorization
import Testing

/// Requirements that stand in each other: all of some, any of others.
@Suite struct AlternativeRequirementTests {
    private func reason(_ requirement: Requirement, _ changes: [String: String?]) -> Reason {
        World(rules: [World.rule("/**", .require(requirement))]).reason(changes)
    }

    private func claim(_ name: String, _ value: String) -> Requirement {
        Requirement(claims: ClaimPath(name).map { [ClaimRequirement(claim: $0, anyOf: [.string(value)])] } ?? [])
    }

    @Test func one_alternative_that_is_met_is_enough() {
        let requirement = Requirement(anyOf: [Requirement(scopes: ["admin"]), claim("team", "ops")])
        #expect(reason(requirement, ["scope": "\"admin\""]) == .allowed)
        #expect(reason(requirement, ["team": "\"ops\""]) == .allowed)
        #expect(reason(requirement, ["team": "\"ops\"", "scope": "\"admin\""]) == .allowed)
        #expect(reason(requirement, ["team": "\"eng\"", "scope": "\"read\""]) == .claimMismatch)
    }

    // RFC 6750 §3.1: insufficient scope is said only where more scope would help.
    @Test func more_scope_is_asked_for_only_where_every_alternative_lacks_it() {
        let scopes = Requirement(anyOf: [Requirement(scopes: ["a"]), Requirement(scopes: ["b"])])
        #expect(reason(scopes, [:]) == .scopeInsufficient)
        let mixed = Requirement(anyOf: [Requirement(scopes: ["a"]), claim("team", "ops")])
        #expect(reason(mixed, [:]) == .claimMismatch)
    }

    @Test func what_stands_beside_alternatives_is_needed_too() {
        let requirement = Requirement(
            scopes: ["read"],
            anyOf: [claim("team", "ops"), claim("team", "eng")]
        )
        #expect(reason(requirement, ["scope": "\"read\"", "team": "\"eng\""]) == .allowed)
        #expect(reason(requirement, ["team": "\"eng\""]) == .scopeInsufficient)
        #expect(reason(requirement, ["scope": "\"read\"", "team": "\"hr\""]) == .claimMismatch)
    }

    @Test func all_of_joins_two_choices() {
        let requirement = Requirement(allOf: [
            Requirement(anyOf: [Requirement(scopes: ["a"]), Requirement(scopes: ["b"])]),
            Requirement(anyOf: [claim("team", "ops"), claim("role", "root")]),
        ])
        #expect(reason(requirement, ["scope": "\"b\"", "role": "\"root\""]) == .allowed)
        #expect(reason(requirement, ["scope": "\"c\"", "role": "\"root\""]) == .scopeInsufficient)
        #expect(reason(requirement, ["scope": "\"a\"", "role": "\"user\""]) == .claimMismatch)
    }

    @Test func an_alternative_may_name_its_issuer() {
        var world = World(rules: [
            World.rule("/**", .require(Requirement(anyOf: [Requirement(issuer: "other"), claim("team", "ops")])))
        ])
        #expect(world.reason([:]) == .claimMismatch)
        #expect(world.reason(["team": "\"ops\""]) == .allowed)
        world.policy.rules = [World.rule("/**", .require(Requirement(anyOf: [Requirement(issuer: "invoker")])))]
        #expect(world.reason([:]) == .allowed)
    }

    @Test func an_explanation_says_which_alternative_was_met() {
        let world = World(rules: [
            World.rule("/**", .require(Requirement(anyOf: [Requirement(scopes: ["a"]), claim("sub", "alice")])))
        ])
        var authorizer = world.authorizer()
        let (decision, explanation) = authorizer.explain(TestRequest(token: TestToken.token()))
        #expect(decision.reason == .allowed)
        let step = explanation.steps.first { $0.step == .alternatives }
        #expect(step?.failure == nil)
        #expect(step?.detail == "number 2 of 2 is met")
        // What the first one lacked is no failure of the request.
        #expect(explanation.steps.allSatisfy { $0.failure == nil })
    }

    // The claims that every token of an issuer must have stand before what a rule asks for.
    @Test func claims_of_the_issuer_are_asked_of_every_token() {
        let access = ClaimPath("token_use").map { [ClaimRequirement(claim: $0, anyOf: [.string("access")])] } ?? []
        let world = World { $0.claims = access }
        #expect(world.reason(["token_use": "\"access\""]) == .allowed)
        #expect(world.reason(["token_use": "\"id\""]) == .claimMismatch)
        #expect(world.reason([:]) == .claimMismatch)
    }
}

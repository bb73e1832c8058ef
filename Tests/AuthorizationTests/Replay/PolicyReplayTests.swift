import Authorization
import JOSE
import StrictJSON
import Testing

/// What a new policy makes of recorded decisions.
@Suite struct PolicyReplayTests {
    private func outcome(_ record: RecordedDecision, _ world: World) -> ReplayOutcome {
        var replay = PolicyReplay(world.policy)
        return replay.replay(record)
    }

    private func change(_ record: RecordedDecision, _ world: World) -> ReplayChange {
        ReplayChange(record, outcome(record, world), world.policy)
    }

    private func decision(_ record: RecordedDecision, _ world: World) -> Decision? {
        if case .decided(let decision) = outcome(record, world) { decision } else { nil }
    }

    /// A decision on `GET /hello` for a valid token of the usual issuer.
    private func allowed(rule: String? = "/**", claims: ClaimFacts = ClaimFacts()) -> RecordedDecision {
        RecordedDecision(
            reason: .allowed,
            method: "GET",
            host: "api.example",
            path: "/hello",
            rule: rule,
            issuer: "invoker",
            claims: claims,
            time: Timestamp(seconds: TestToken.now)
        )
    }

    private func denied(
        _ reason: Reason,
        path: String? = "/hello",
        rule: String? = "/**",
        issuer: String? = nil
    )
        -> RecordedDecision
    {
        RecordedDecision(
            reason: reason,
            method: "GET",
            host: "api.example",
            path: path,
            rule: rule,
            issuer: issuer,
            time: Timestamp(seconds: TestToken.now)
        )
    }

    private func facts(_ claims: [String: String], absent: [String] = []) -> ClaimFacts {
        ClaimFacts(
            values: claims.sorted { $0.key < $1.key }.compactMap { name, text in
                guard let claim = ClaimPath(name), let value = try? JSONValue(parsing: Array(text.utf8).span) else {
                    return nil
                }
                return ClaimFacts.Value(claim: claim, value: value)
            },
            absent: absent.compactMap { ClaimPath($0) }
        )
    }

    private func requiring(_ requirement: Requirement, mode: Rule.Mode = .enforce) -> World {
        World(rules: [World.rule("/**", .require(requirement), mode: mode)])
    }

    private func claim(_ text: String, _ values: [String]) throws -> ClaimRequirement {
        ClaimRequirement(claim: try #require(ClaimPath(text)), anyOf: values.map { .string($0) })
    }

    @Test func the_same_policy_changes_nothing() {
        #expect(change(allowed(), World()) == .unchanged)
        for reason in [Reason.tokenMissing, .tokenExpired, .signatureInvalid, .keysUnavailable, .tokenRevoked] {
            #expect(change(denied(reason), World()) == .unchanged, "\(reason)")
        }
        #expect(change(denied(.noRule, path: "/x", rule: nil), World(rules: [])) == .unchanged)
    }

    @Test func a_rule_that_denies_now_denies_whoever_was_allowed() {
        let world = World(rules: [World.rule("/**", name: "closed", .deny)])
        #expect(change(allowed(), world) == .allowToDeny)
        #expect(decision(allowed(), world) == Decision(.ruleDenies, rule: 0))
        #expect(change(allowed(), World(rules: [])) == .allowToDeny)
        #expect(decision(allowed(), World(rules: []))?.reason == .noRule)
    }

    @Test func an_anonymous_rule_allows_what_a_bad_token_did_not() {
        let world = World(rules: [World.rule("/**", .anonymous)])
        for reason in [Reason.tokenMissing, .tokenExpired, .signatureInvalid, .keysUnavailable, .scopeInsufficient] {
            #expect(change(denied(reason), world) == .denyToAllow, "\(reason)")
        }
    }

    @Test func a_rule_of_another_name_is_told() {
        #expect(change(allowed(rule: "old"), World()) == .otherRule)
    }

    @Test func a_refusal_before_the_token_leaves_open_what_a_token_would_have_done() {
        for reason in [Reason.noRule, .ruleDenies, .methodNotAllowed, .pathAmbiguous] {
            let record = denied(reason, rule: nil)
            #expect(outcome(record, World()) == .undetermined(rule: 0, [.verifiedToken]), "\(reason)")
            #expect(change(record, World(rules: [World.rule("/**", .anonymous)])) == .denyToAllow)
            #expect(decision(record, World(rules: [World.rule("/**", .deny)]))?.reason == .ruleDenies)
        }
    }

    @Test func what_was_refused_before_any_policy_stays_refused() {
        let world = World(rules: [World.rule("/**", .anonymous)])
        #expect(outcome(denied(.pathAmbiguous, path: nil, rule: nil), world) == .asRecorded)
        #expect(outcome(denied(.hostInvalid, rule: nil), world) == .asRecorded)
        #expect(outcome(denied(.peerNotAllowed, path: nil, rule: nil), world) == .asRecorded)
        #expect(outcome(denied(.overloaded, path: nil, rule: nil), world) == .asRecorded)
        #expect(change(denied(.pathAmbiguous, path: nil, rule: nil), world) == .unchanged)
    }

    @Test func a_path_that_was_cut_is_not_decided_on() {
        var record = allowed()
        record.isPathCut = true
        #expect(outcome(record, World()) == .undetermined(rule: nil, [.wholePath]))
    }

    @Test func scopes_are_looked_up_in_what_the_line_carries() {
        let world = requiring(Requirement(scopes: ["hello.read"]))
        #expect(change(allowed(claims: facts(["scope": #""hello.read x""#])), world) == .unchanged)
        #expect(change(allowed(claims: facts(["scp": #"["hello.read"]"#])), world) == .unchanged)
        let other = allowed(claims: facts(["scope": #""hello.write""#]))
        #expect(decision(other, world)?.reason == .scopeInsufficient)
        #expect(change(other, world) == .allowToDeny)
        #expect(change(allowed(claims: facts([:], absent: ["scope"])), world) == .allowToDeny)
    }

    @Test func a_claim_that_the_line_does_not_carry_is_asked_for() throws {
        let scope = try #require(ClaimPath("scope"))
        let roles = try #require(ClaimPath("/realm_access/roles"))
        #expect(outcome(allowed(), requiring(Requirement(scopes: ["a"]))) == .undetermined(rule: 0, [.claim(scope)]))
        let world = requiring(Requirement(claims: [try claim("/realm_access/roles", ["admin"])]))
        #expect(outcome(allowed(), world) == .undetermined(rule: 0, [.claim(roles)]))
        #expect(change(allowed(claims: facts(["/realm_access/roles": #"["admin"]"#])), world) == .unchanged)
        #expect(change(allowed(claims: facts(["realm_access": #"{"roles":["admin"]}"#])), world) == .unchanged)
        #expect(change(allowed(claims: facts([:], absent: ["/realm_access"])), world) == .allowToDeny)
        // The member of that name is not the claim at that place.
        #expect(outcome(allowed(claims: facts(["roles": #"["admin"]"#])), world) == outcome(allowed(), world))
    }

    @Test func a_requirement_that_fails_either_way_is_decided() throws {
        let world = requiring(
            Requirement(issuer: "invoker", claims: [try claim("a", ["1"]), try claim("b", ["1"])])
        )
        #expect(decision(allowed(claims: facts(["b": #""2""#])), world)?.reason == .claimMismatch)
        #expect(change(allowed(claims: facts(["b": #""2""#])), world) == .allowToDeny)
        let missing = try #require(ClaimPath("a"))
        #expect(
            outcome(allowed(claims: facts(["b": #""1""#])), world) == .undetermined(rule: 0, [.claim(missing)])
        )
    }

    @Test func another_issuers_rule_denies_and_an_unknown_issuer_is_asked_for() {
        var world = requiring(Requirement(issuer: "other"))
        world.policy.issuers.append(IssuerPolicy(name: "other", issuer: "https://other", algorithms: [.hs256]))
        #expect(decision(allowed(), world)?.reason == .claimMismatch)
        world.policy.issuers[0].name = "renamed"
        #expect(outcome(allowed(), world) == .undetermined(rule: 0, [.issuer("invoker")]))
        let moved = World(issuer: { $0.issuer = "https://elsewhere" })
        let record = allowed(claims: facts(["iss": "\"\(TestToken.issuer)\""]))
        #expect(outcome(record, moved) == .undetermined(rule: 0, [.issuer("invoker")]))
    }

    @Test func what_an_issuer_asks_is_checked_where_the_line_tells() {
        let strict = World(issuer: {
            $0.audiences = ["another-api"]
            $0.requiredClaims = ["exp", "sub"]
        })
        #expect(change(allowed(), strict) == .unchanged)
        #expect(decision(allowed(claims: facts(["aud": #""hello-api""#])), strict)?.reason == .audienceMismatch)
        #expect(decision(allowed(claims: facts([:], absent: ["sub"])), strict)?.reason == .claimMissing)
        let short = facts(["exp": "\(Int(TestToken.now) + 60)", "iat": "\(Int(TestToken.now) - 4000)"])
        #expect(
            decision(allowed(claims: short), World(issuer: { $0.maximumLifetime = 3600 }))?.reason == .lifetimeTooLong
        )
        let late = facts(["exp": "\(Int(TestToken.now) - 10)"])
        #expect(decision(allowed(claims: late), World())?.reason == .tokenExpired)
        var timeless = allowed(claims: late)
        timeless.time = nil
        #expect(change(timeless, World()) == .unchanged)
    }

    @Test func a_mismatch_that_may_have_been_the_issuers_own_is_not_decided() throws {
        let use = try claim("token_use", ["access"])
        let record = denied(.claimMismatch, issuer: "invoker")
        // Without a requirement and without the issuer's own claims, nothing is left that could fail.
        #expect(change(record, World()) == .denyToAllow)
        let world = World(issuer: { $0.claims = [use] })
        #expect(outcome(record, world) == .undetermined(rule: 0, [.claim(use.claim)]))
    }

    @Test func a_rule_in_shadow_mode_allows_and_tells_what_it_would_deny() {
        let world = requiring(Requirement(scopes: ["a"]), mode: .shadow)
        let record = allowed(claims: facts(["scope": #""b""#]))
        #expect(decision(record, world) == Decision(.allowed, rule: 0, shadowReason: .scopeInsufficient))
        #expect(change(record, world) == .otherReason)
        #expect(change(denied(.tokenExpired), world) == .denyToAllow)
        #expect(change(denied(.noRule, rule: nil), world) == .denyToAllow)
        #expect(change(allowed(rule: "/**"), world) == .undetermined)
    }

    @Test func a_recorded_shadow_denial_becomes_one_when_the_rule_is_enforced() {
        var record = allowed(claims: facts(["scope": #""b""#]))
        record.shadowReason = .scopeInsufficient
        let world = requiring(Requirement(scopes: ["a"]))
        #expect(decision(record, world)?.reason == .scopeInsufficient)
        #expect(change(record, world) == .allowToDeny)
        record.shadowReason = .tokenMissing
        record.issuer = nil
        #expect(decision(record, world)?.reason == .tokenMissing)
    }

    @Test func methods_hosts_and_case_are_judged_by_the_rule_table() {
        let world = World(rules: [
            World.rule("/hello", host: "other.example", .anonymous),
            World.rule("/hello", methods: ["POST"], .anonymous),
        ])
        #expect(decision(allowed(), world)?.reason == .methodNotAllowed)
        var record = allowed()
        record.method = "POST"
        #expect(decision(record, world) == Decision(.allowed, rule: 1))
        record.host = nil
        #expect(decision(record, world)?.reason == .metadataMissing)
        record = allowed()
        record.path = "/Hello"
        let folding = World(rules: [World.rule("/hello"), World.rule("/**", .anonymous)])
        #expect(decision(record, folding)?.reason == .pathAmbiguous)
    }
}

import Authorization
import Testing

/// Identity headers that a rule adds to the policy's.
@Suite struct RuleHeaderTests {
    private func header(_ name: String, _ claim: String) -> [IdentityHeader] {
        ClaimPath(claim).map { [IdentityHeader(header: name, claim: $0)] } ?? []
    }

    private var world: World {
        var team = World.rule("/team/**")
        team.headers = header("X-Team", "team")
        var mail = World.rule("/mail/**")
        mail.headers = header("x-user", "email")
        return World(
            rules: [World.rule("/**"), team, mail, World.rule("/open", .anonymous)],
            identity: header("X-User", "sub")
        )
    }

    private var token: String { TestToken.token(["team": "\"ops\"", "email": "\"a@example\""]) }

    @Test func every_name_has_a_place_in_every_decision() {
        #expect(world.policy.identityHeaderNames == ["X-User", "X-Team"])
        var authorizer = world.authorizer()
        for (target, expected) in [
            ("/x", ["alice", ""]), ("/team/x", ["alice", "ops"]), ("/mail/x", ["a@example", ""]), ("/open", ["", ""]),
            ("/team/x", ["alice", "ops"]), ("/x", ["alice", ""]),
        ] {
            #expect(authorizer.decide(TestRequest(target, token: token)).reason == .allowed)
            #expect(authorizer.identityTexts == expected, "\(target)")
        }
    }

    @Test func a_denial_tells_no_identity_whatever_was_decided_before() {
        var authorizer = world.authorizer()
        #expect(authorizer.decide(TestRequest("/team/x", token: token)).reason == .allowed)
        #expect(authorizer.decide(TestRequest("/team/x", token: TestToken.token(["exp": "1"]))).reason == .tokenExpired)
        #expect(authorizer.identityTexts == ["", ""])
    }
}

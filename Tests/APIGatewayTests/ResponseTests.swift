import APIGateway
import Authorization
import Testing

/// What is told of a decision.
@Suite struct ResponseTests {
    private let bearer = "Bearer \(Tokens.good)"

    @Test func an_allow_names_the_principal_and_tells_strings_only() throws {
        let claims = #"{"sub":"alice","exp":1800000060,"groups":["a","b,c"],"n":7,"realm":{"roles":["x"]},"o":{"p":1}}"#
        let world = GatewayWorld(
            identity: [("User", "sub"), ("Groups", "groups"), ("N", "n"), ("Roles", "/realm/roles"), ("O", "o")]
        )
        let response = try world.response(SampleEvent.token("Bearer " + Tokens.make(claims)))
        #expect(response.principal == "alice")
        #expect(
            response.context == [
                "reason": "allowed", "rule": "/**", "issuer": "issuer0", "exp": "1800000060", "sub": "alice",
                "groups": "a,b%2Cc", "n": "7", "realm_roles": "x",
            ]
        )
    }

    @Test func control_characters_of_a_claim_reach_no_header() throws {
        let token = Tokens.make(#"{"sub":"a\r\nX: y\u0000","exp":1800000060}"#)
        let response = try GatewayWorld().response(SampleEvent.token("Bearer " + token))
        #expect(response.principal == "a%0D%0AX: y%00" && response.context["sub"] == "a%0D%0AX: y%00")
    }

    @Test func claims_replace_none_of_the_authorizer_s_own_words() throws {
        let world = GatewayWorld(identity: [("A", "reason"), ("B", "rule"), ("C", "principalId"), ("D", "sub")])
        let token = Tokens.make(#"{"sub":"s","exp":1800000060,"reason":"x","rule":"y","principalId":"z"}"#)
        let response = try world.response(SampleEvent.token("Bearer " + token))
        #expect(response.context["reason"] == "allowed" && response.context["rule"] == "/**")
        #expect(response.context["principalId"] == nil && response.principal == "s")
    }

    @Test func a_subject_too_long_for_a_header_is_refused() {
        let token = Tokens.make("{\"sub\":\"\(String(repeating: "s", count: 1025))\",\"exp\":1800000060}")
        #expect(GatewayWorld().reason(SampleEvent.token("Bearer " + token)) == .claimMalformed)
    }

    @Test func a_denial_tells_nothing_of_the_token() throws {
        let token = Tokens.make(#"{"sub":"mallory","exp":1800000060}"#, secret: "another-secret-of-32-bytes-length")
        let response = try GatewayWorld().response(SampleEvent.token("Bearer " + token))
        #expect(response.principal == "anonymous" && !response.text.contains("mallory"))
        #expect(response.denied == [SampleEvent.arnPrefix + "GET/hello"] && response.allowed.isEmpty)
        #expect(response.context == ["reason": "signature_invalid", "rule": "/**"])
    }

    @Test func the_error_mode_is_for_credentials_only() {
        var world = GatewayWorld(
            rules: [
                GatewayWorld.rule("/**"), GatewayWorld.rule("/no", .deny),
                GatewayWorld.rule("/more", .require(Requirement(scopes: ["write"]))),
            ]
        )
        world.options.failsUnauthorized = true
        #expect(world.outcome(SampleEvent.token(nil)).answer == .unauthorized)
        #expect(world.outcome(SampleEvent.token("Bearer x")).answer == .unauthorized)
        for rest in ["GET/no", "GET/more"] {
            let outcome = world.outcome(SampleEvent.token(bearer, rest))
            #expect(outcome.decision?.outcome == .deny)
            guard case .response = outcome.answer else {
                Issue.record("no policy for \(rest)")
                continue
            }
        }
    }

    @Test func without_keys_the_invocation_fails_so_that_nothing_is_remembered() {
        var world = GatewayWorld()
        world.hasKeys = false
        let outcome = world.outcome(SampleEvent.token(bearer))
        #expect(outcome.answer == .failure && outcome.decision?.reason == .keysUnavailable)
    }

    @Test func format_2_is_told_in_the_form_that_is_asked_for() throws {
        var world = GatewayWorld()
        let event = SampleEvent.http(headers: "{\"authorization\":\"\(bearer)\"}")
        #expect(try world.response(event).isAuthorized == true && world.response(event).principal == "alice")
        world.options.form = .simple
        #expect(try world.response(event).isAuthorized == true && world.response(event).principal == nil)
        #expect(try world.response(SampleEvent.http()).isAuthorized == false)
        world.options.form = .policy
        #expect(try world.response(event).isAuthorized == nil && !world.response(event).allowed.isEmpty)
        world.options.form = .simple
        #expect(try world.response(SampleEvent.token(bearer)).isAuthorized == nil)
    }

    @Test func an_expiry_is_a_condition_where_it_is_asked_for() throws {
        var world = GatewayWorld()
        #expect(try !world.response(SampleEvent.token(bearer)).text.contains("Condition"))
        world.options.writesExpiry = true
        let condition = #""Condition":{"NumericLessThan":{"aws:EpochTime":"1800000060"}}"#
        #expect(try world.response(SampleEvent.token(bearer)).text.contains(condition))
    }

    @Test func whom_shadow_mode_lets_in_is_nobody() throws {
        let world = GatewayWorld(
            rules: [GatewayWorld.rule("/**", .require(Requirement(scopes: ["write"])), mode: .shadow)],
            identity: [("User", "sub")]
        )
        let response = try world.response(SampleEvent.token(bearer))
        #expect(response.principal == "anonymous" && response.context["sub"] == nil)
        #expect(response.context["shadow_reason"] == "scope_insufficient")
    }
}

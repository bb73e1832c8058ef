import Authorization
import JOSE
import Testing

/// How others were led to trust a token. The advisories stand in `docs/advisories.md`.
@Suite struct TokenAdvisoryTests {
    private func decide(_ authorizer: inout Authorizer, _ token: String, _ target: String = "/hello") -> Reason {
        authorizer.decide(TestRequest(target, token: token)).reason
    }

    // CVE-2021-32701, CVE-2021-41230: whatever is remembered of a token, what a rule asks is asked each time.
    @Test func a_token_that_was_allowed_by_one_rule_is_judged_anew_by_the_next() throws {
        let department = ClaimRequirement(claim: try #require(ClaimPath("department")), anyOf: [.string("eng")])
        var world = World(rules: [
            World.rule("/a", .require(Requirement(scopes: ["a"]))),
            World.rule("/b", .require(Requirement(scopes: ["b"]))),
            World.rule("/c", .require(Requirement(claims: [department]))),
            World.rule("/d", .require(Requirement(issuer: "other"))),
        ])
        world.policy.issuers.append(IssuerPolicy(name: "other", issuer: "https://other.example", algorithms: [.hs256]))
        var authorizer = world.authorizer()
        let token = TestToken.token(["scope": "\"a\"", "department": "\"ops\""])
        for _ in 0..<3 {
            #expect(decide(&authorizer, token, "/a") == .allowed)
            #expect(decide(&authorizer, token, "/b") == .scopeInsufficient)
            #expect(decide(&authorizer, token, "/c") == .claimMismatch)
            #expect(decide(&authorizer, token, "/d") == .claimMismatch)
            #expect(decide(&authorizer, token, "/e") == .noRule)
        }
    }

    // CVE-2026-33496: the same text at another issuer's place is another question.
    @Test func a_token_that_one_issuer_accepts_is_not_accepted_in_the_place_of_another() {
        var world = World()
        var other = world.policy.issuers[0]
        other.name = "other"
        other.credential = .cookie("session")
        world.policy.issuers.append(other)
        world.rings.append(TestToken.key(nil, TestToken.otherSecret).map { KeyRing(keys: [$0]) })
        var authorizer = world.authorizer()
        let token = TestToken.token()
        for _ in 0..<3 {
            var request = TestRequest()
            request.credential = .token(token, source: 0)
            #expect(authorizer.decide(request).reason == .allowed)
            request.credential = .token(token, source: 1)
            #expect(authorizer.decide(request).reason == .signatureInvalid)
            request.credential = .token(token, source: 2)
            #expect(authorizer.decide(request).outcome == .deny)
        }
    }

    // GHSA-qvp4-rpmr-xwrr: what is remembered must not outlive what was asked of it, nor the token itself.
    @Test func a_remembered_token_is_held_to_the_policy_and_the_clock_of_the_request() {
        var world = World()
        var authorizer = world.authorizer()
        let token = TestToken.token()
        #expect(decide(&authorizer, token) == .allowed)
        world.policy.issuers[0].requiredClaims = ["exp", "groups"]
        authorizer.replace(world.snapshot)
        #expect(decide(&authorizer, token) == .claimMissing)
        world.policy.issuers[0].requiredClaims = ["exp"]
        authorizer.replace(world.snapshot)
        #expect(decide(&authorizer, token) == .allowed)
        #expect(authorizer.decide(TestRequest(token: token), at: TestToken.now + 59.9).reason == .allowed)
        #expect(authorizer.decide(TestRequest(token: token), at: TestToken.now + 60).reason == .tokenExpired)
        // The clock may go back, and then it counts again: nothing but the moment decides.
        #expect(decide(&authorizer, token) == .allowed)
    }

    // CVE-2026-71326: two texts are one only if they are the same throughout.
    @Test func a_token_that_shares_any_part_with_a_verified_one_is_another() {
        let parts = TestToken.token().split(separator: ".").map(String.init)
        let others = TestToken.token(["sub": "\"mallory\""]).split(separator: ".").map(String.init)
        let header = TestToken.base64url(#"{"alg":"HS256","typ":"jwt"}"#)
        for forged in [
            "\(parts[0]).\(others[1]).\(parts[2])", "\(header).\(parts[1]).\(parts[2])",
            "\(parts[0]).\(parts[1]).\(others[2])", "\(parts[0]).\(parts[1])A.\(parts[2])",
        ] {
            var authorizer = World().authorizer()
            for _ in 0..<3 {
                #expect(decide(&authorizer, parts.joined(separator: ".")) == .allowed)
                #expect(decide(&authorizer, forged) != .allowed, "\(forged)")
            }
        }
    }

    // Code that formats an error from claims whose types nobody checked.
    @Test func an_expired_token_with_claims_of_any_type_is_refused_and_nothing_else() {
        for value in ["null", "1", "true", "[]", "{}", "[1,[2]]", "{\"a\":{}}", "\"\"", "1e308"] {
            for name in ["iss", "sub", "aud", "jti", "email", "name", "roles", "scope", "nbf", "iat"] {
                let decision = World().decide(TestRequest(token: TestToken.token(["exp": "1", name: value])))
                #expect(decision.outcome == .deny, "\(name): \(value)")
            }
        }
    }

    // CVE-2026-34986, CVE-2025-27144, CVE-2026-29000: five parts are an encrypted token, which authd does not open.
    @Test(arguments: [
        #"{"alg":"dir","enc":"A128GCM"}"#, #"{"alg":"RSA-OAEP-256","enc":"A256GCM","cty":"JWT"}"#,
        #"{"alg":"A128KW","enc":"A128GCM"}"#, #"{"alg":"HS256","enc":"A128GCM"}"#, #"{"alg":"none"}"#,
    ])
    func an_encrypted_token_is_never_opened(header: String) {
        let start = TestToken.base64url(header)
        for rest in ["....", ".AA.AA.AA.AA", ".AA..AA.", "..AA.AA.AA", String(repeating: ".AA", count: 1000)] {
            #expect(World().reason(start + rest) == .tokenMalformed, "\(rest.prefix(20))")
        }
        // With three parts it is a signed token of an algorithm that nobody allows, or a forged one.
        let signed = World().reason(start + "." + TestToken.base64url(TestToken.claims()) + ".AAAA")
        #expect([.algorithmNotAllowed, .signatureInvalid].contains(signed))
    }

    // A token without a signature stays one when a good token or another such token stands inside it.
    @Test func an_unsecured_token_is_refused_around_and_inside_of_any_other() {
        let claims = TestToken.base64url(TestToken.claims())
        for alg in ["none", "None", "NONE", "nOnE", "none ", ""] {
            let header = TestToken.base64url("{\"alg\":\"\(alg)\"}")
            #expect(World().reason("\(header).\(claims).") == .tokenMalformed)
            #expect(World().reason("\(header).\(claims).AA") == .algorithmNotAllowed)
            let nested = TestToken.sign(
                header: #"{"alg":"HS256","cty":"JWT"}"#,
                payload: "\(header).\(claims)."
            )
            #expect(World().reason(nested) == .tokenMalformed)
        }
        let nested = TestToken.sign(header: #"{"alg":"HS256","cty":"JWT"}"#, payload: TestToken.token())
        #expect(World().reason(nested) == .tokenMalformed)
    }

    // CVE-2026-40574: no part of a value, and no value with more around it, is the value.
    @Test(arguments: [
        "user@evil.example@allowed.example", "user@allowed.example@evil.example", "\\\"user@allowed.example\\\"",
        "user@allowed.example ", " user@allowed.example", "USER@allowed.example", "user@allowed.example,",
        "allowed.example",
        "user@allowed.example\\u0000", "x,user@allowed.example", "user@allowed.example\\nuser@allowed.example",
    ])
    func a_claim_is_compared_whole(value: String) throws {
        let email = ClaimRequirement(claim: try #require(ClaimPath("email")), anyOf: [.string("user@allowed.example")])
        let world = World(rules: [World.rule("/**", .require(Requirement(claims: [email])))])
        #expect(world.reason(["email": "\"user@allowed.example\""]) == .allowed)
        #expect(world.reason(["email": "\"\(value)\""]) == .claimMismatch)
        #expect(world.reason(["email": "[\"\(value)\"]"]) == .claimMismatch)
    }

    // CVE-2023-27488: bytes that are no text are a denial like any other, at every place of a token.
    @Test func a_token_with_bytes_that_are_no_text_is_denied() {
        let token = Array(TestToken.token().utf8)
        var authorizer = World().authorizer()
        for bytes in [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0x80], [0x00]] as [[UInt8]] {
            for place in [0, 5, token.count / 2, token.count] {
                var changed = token
                changed.insert(contentsOf: bytes, at: place)
                var line = Array("GET /hello ".utf8)
                let start = line.count
                line += changed
                let request = AuthorizationRequest(
                    method: 0..<3,
                    target: 4..<10,
                    host: nil,
                    credential: .token(start..<line.count, source: 0)
                )
                let decision = authorizer.decide(request, in: line.span, now: Timestamp(seconds: TestToken.now))
                #expect(decision.reason == .tokenMalformed, "\(bytes) at \(place)")
            }
        }
    }

    // CVE-2026-30852: a value is what the token says, whatever it looks like to somebody's template.
    @Test(arguments: [
        "{http.request.header.Authorization}", "{{env \\\"HOME\\\"}}", "${HOME}", "$HOME", "$(id)", "`id`", "#{1+1}",
        "<?= 1 ?>", "{env.HOME}", "$http_authorization",
    ])
    func an_identity_is_data_and_never_a_template(value: String) throws {
        let claim = try #require(ClaimPath("sub"))
        var authorizer = World(identity: [IdentityHeader(header: "X-User", claim: claim)]).authorizer()
        #expect(decide(&authorizer, TestToken.token(["sub": "\"\(value)\""])) == .allowed)
        #expect(authorizer.identityTexts == [value.replacing("\\", with: "")])
    }
}

import Authorization
import StrictJSON
import Testing

/// Which claims of a token a log may have: those of a verified one, and of no other.
@Suite struct VerifiedClaimsTests {
    private static let paths = ["sub", "scope", "/realm_access/roles", "none"].compactMap { ClaimPath($0) }

    private func facts(_ token: String, _ paths: [ClaimPath] = paths, _ world: World = World()) -> ClaimFacts? {
        var authorizer = world.authorizer()
        let decision = authorizer.decide(TestRequest(token: token))
        return authorizer.claims(paths, of: decision)
    }

    private func texts(_ facts: ClaimFacts?) -> [String] {
        (facts?.values ?? []).map { value in
            var writer = JSONWriter()
            writer.value(value.value)
            return "\(value.claim.text)=\(String(decoding: writer.bytes, as: UTF8.self))"
        }
    }

    @Test func a_verified_tokens_claims_stand_as_they_are() {
        let token = TestToken.token([
            "scope": #""a b""#, "realm_access": #"{"roles":["x",1,true,null],"more":1}"#, "none": "null",
        ])
        let facts = facts(token)
        #expect(texts(facts) == [#"sub="alice""#, #"scope="a b""#, #"/realm_access/roles=["x",1,true,null]"#])
        #expect(facts?.absent.map(\.text) == ["none"])
    }

    @Test func who_asks_for_scope_is_told_of_scp_too() {
        let facts = facts(TestToken.token(["scp": #"["a"]"#]))
        #expect(texts(facts) == [#"sub="alice""#, #"scp=["a"]"#])
        #expect(facts?.absent.map(\.text) == ["scope", "/realm_access/roles", "none"])
    }

    @Test func an_unverified_token_has_no_claims() {
        let marked: [String: String?] = ["sub": "\"MARKER\""]
        #expect(facts(TestToken.token(marked, secret: TestToken.otherSecret)) == nil)
        #expect(facts(TestToken.token(["sub": "\"MARKER\"", "iss": "\"https://nobody\""])) == nil)
        #expect(facts(TestToken.token(marked, header: #"{"alg":"none"}"#)) == nil)
        #expect(facts("a.b.c") == nil)
        // Nobody looks at a token where none is needed, good as it may be.
        let open = World(rules: [World.rule("/**", .anonymous)])
        #expect(facts(TestToken.token(), Self.paths, open) == nil)
    }

    @Test func a_token_that_came_before_is_not_taken_for_this_ones() {
        var authorizer = World().authorizer()
        #expect(authorizer.decide(TestRequest(token: TestToken.token())).reason == .allowed)
        for token in [nil, TestToken.token(secret: TestToken.otherSecret), "rubbish"] {
            let decision = authorizer.decide(TestRequest(token: token))
            #expect(authorizer.claims(Self.paths, of: decision) == nil)
        }
    }

    @Test func a_verified_token_that_is_refused_still_has_its_claims() {
        #expect(texts(facts(TestToken.token(["exp": "1"]))) == [#"sub="alice""#])
        #expect(texts(facts(TestToken.token(["aud": "\"x\""]))) == [#"sub="alice""#])
    }

    @Test func a_claim_that_is_no_text_is_neither_there_nor_absent() {
        let facts = facts(TestToken.token(["scope": #""\ud800""#, "sub": #""ok\u0041""#]))
        #expect(texts(facts) == [#"sub="okA""#])
        #expect(facts?.absent.contains { $0.text == "scope" } == false)
        #expect(ClaimPath("scope").map { facts?.knows($0) ?? true } == false)
    }

    @Test func nothing_is_looked_up_where_nothing_is_logged() {
        #expect(facts(TestToken.token(), []) == nil)
    }
}

import Authorization
import Testing

@Suite struct ClaimTests {
    @Test(arguments: [
        ("\"hello-api\"", Reason.allowed), ("[\"hello-api\"]", .allowed), ("[\"x\",\"hello-api\"]", .allowed),
        ("\"hello\\u002dapi\"", .allowed), ("[\"hello-api\",\"hello-api\"]", .allowed), ("\"x\"", .audienceMismatch),
        ("\"Hello-api\"", .audienceMismatch), ("\"hello-api \"", .audienceMismatch),
        ("\"hello-api/\"", .audienceMismatch),
        ("\"hello\"", .audienceMismatch), ("\"\"", .audienceMismatch), ("[]", .audienceMismatch),
        ("[\"\"]", .audienceMismatch),
        ("\"x hello-api\"", .audienceMismatch), ("\"hello-api,x\"", .audienceMismatch), ("null", .claimMalformed),
        ("1", .claimMalformed), ("true", .claimMalformed), ("{\"hello-api\":1}", .claimMalformed),
        ("[1]", .claimMalformed),
        ("[\"hello-api\",null]", .claimMalformed), ("[[\"hello-api\"]]", .claimMalformed),
        ("[\"hello-api\",{}]", .claimMalformed),
    ])
    func an_audience_is_a_string_or_an_array_of_strings(audience: String, expected: Reason) {
        #expect(World().reason(["aud": audience]) == expected)
    }

    @Test func any_of_several_audiences_counts() {
        let world = World { $0.audiences = ["a", "b"] }
        for audience in ["\"a\"", "\"b\"", "[\"x\",\"b\"]"] { #expect(world.reason(["aud": audience]) == .allowed) }
        #expect(world.reason(["aud": "[\"ab\",\"x\"]"]) == .audienceMismatch)
        #expect(world.reason(["aud": nil]) == .audienceMismatch)
    }

    // CVE-2020-26160: an empty list or an empty text is not "any".
    @Test func an_empty_audience_never_matches() {
        let world = World { $0.audiences = [""] }
        for audience in ["\"\"", "[\"\"]", "[]", "\"a\""] {
            #expect(world.reason(["aud": audience]) == .audienceMismatch)
        }
        #expect(world.reason(["aud": nil]) == .audienceMismatch)
    }

    @Test func where_no_audience_is_configured_none_is_looked_at_but_a_broken_one_is_refused() {
        let world = World { $0.audiences = [] }
        for audience in ["\"x\"", "[]", "[\"x\"]", nil] { #expect(world.reason(["aud": audience]) == .allowed) }
        for audience in ["1", "{}", "[1]", "null"] { #expect(world.reason(["aud": audience]) == .claimMalformed) }
    }

    // RFC 7519 §4.1.1, §4.1.2, §4.1.7.
    @Test(arguments: ["sub", "jti"])
    func registered_claims_are_strings_wherever_they_stand(name: String) {
        for value in ["1", "null", "true", "[]", "{}", "[\"a\"]"] {
            #expect(World().reason([name: value]) == .claimMalformed, "\(value)")
        }
        #expect(World().reason([name: "\"\""]) == .allowed)
        #expect(World().reason([name: nil]) == .allowed)
    }

    @Test func claims_that_are_asked_for_must_be_there() {
        let world = World { $0.requiredClaims = ["exp", "sub", "tenant", "https://x.example/id"] }
        let there: [String: String?] = ["tenant": "0", "https://x.example/id": "{}"]
        #expect(world.reason(there) == .allowed)
        for name in ["exp", "sub", "tenant", "https://x.example/id"] {
            #expect(world.reason(there.merging([name: nil]) { $1 }) == .claimMissing, "\(name)")
        }
        // Null and the empty text name nobody.
        for value in ["null", "\"\""] {
            #expect(world.reason(there.merging(["tenant": value]) { $1 }) == .claimMissing, "\(value)")
        }
        for value in ["false", "[]", "0"] {
            #expect(world.reason(there.merging(["tenant": value]) { $1 }) == .allowed, "\(value)")
        }
        // Only at the top, only by its exact name.
        #expect(
            world.reason(there.merging(["tenant": nil, "o": "{\"tenant\":1}", "Tenant": "1"]) { $1 }) == .claimMissing
        )
    }

    @Test func exp_is_asked_for_unless_the_operator_says_otherwise() {
        #expect(World().reason(["exp": nil]) == .claimMissing)
        #expect(World { $0.requiredClaims = [] }.reason(["exp": nil]) == .allowed)
    }

    @Test func a_claim_is_found_however_its_name_is_spelt() {
        let payload =
            TestToken.claims(["exp": nil]).replacing("\"aud\"", with: "\"\\u0061ud\"").dropLast()
            + ",\"\\u0065xp\":1800000060}"
        #expect(World().reason(TestToken.sign(payload: String(payload))) == .allowed)
        let expired = payload.replacing("1800000060", with: "1800000000")
        #expect(World().reason(TestToken.sign(payload: String(expired))) == .tokenExpired)
    }

    @Test func inner_members_are_not_taken_for_claims() {
        #expect(World().reason(["o": "{\"exp\":1,\"aud\":1,\"nbf\":9999999999}"]) == .allowed)
        #expect(World().reason(["aud": nil, "o": "{\"aud\":\"hello-api\"}"]) == .audienceMismatch)
    }

    @Test func many_claims_are_read() {
        var changes: [String: String?] = [:]
        for number in 0..<300 { changes["claim-\(number)"] = "\(number)" }
        #expect(World().reason(changes) == .allowed)
    }
}

import Authorization
import TestSupport
import Testing

@Suite struct IdentityTests {
    private func world(_ claims: String...) -> World {
        World(
            identity: claims.compactMap { ClaimPath($0) }.enumerated()
                .map { IdentityHeader(header: "X-Any-\($0.offset)", claim: $0.element) }
        )
    }

    private func identity(_ claim: String, _ value: String?) -> String? {
        var authorizer = world(claim).authorizer()
        guard authorizer.decide(TestRequest(token: TestToken.token(["c": value]))).reason == .allowed else {
            return nil
        }
        return authorizer.identityTexts.first
    }

    @Test(arguments: [
        ("\"alice\"", "alice"), ("\"a b\"", "a b"), ("\"\"", ""), ("12", "12"), ("-1.5e3", "-1.5e3"), ("true", "true"),
        ("false", "false"),
        ("null", ""), ("{}", ""), ("{\"a\":\"b\"}", ""), ("[]", ""), ("[\"a\",\"b\"]", "a,b"), ("[\"a\"]", "a"),
        ("[1,true,\"x\"]", "1,true,x"), ("\"a,b\"", "a,b"), ("[\"a,b\",\"c\"]", "a%2Cb,c"), ("\"a%2Cb\"", "a%252Cb"),
        ("\"100%\"", "100%25"),
        ("\"a\\r\\nX-Admin: 1\"", "a%0D%0AX-Admin: 1"), ("\"a\\u0000b\"", "a%00b"), ("\"\\u007f\"", "%7F"),
        ("\"\\t\"", "%09"),
        ("\"é\"", "%C3%A9"), ("\"\\u00e9\"", "%C3%A9"), ("\"😀\"", "%F0%9F%98%80"), ("\" a \"", "%20a%20"),
        ("\" \"", "%20"),
        ("[\" a\",\"b \"]", "%20a,b%20"), ("\"a\\\"b\\\\\"", "a\"b\\"), ("[[\"a\"],\"b\"]", ",b"),
        ("[null,\"b\"]", ",b"),
        ("\"a;b:c=d@e\"", "a;b:c=d@e"), ("[\"a\",\"\"]", "a,"), ("\"\\u2028\"", "%E2%80%A8"),
    ])
    func a_value_can_stand_in_a_header_and_means_one_thing(value: String, expected: String) {
        #expect(identity("c", value) == expected)
    }

    @Test func an_absent_claim_is_an_empty_header() {
        #expect(identity("c", nil) == "")
        #expect(identity("/c/d", "{\"d\":\"deep\"}") == "deep")
        #expect(identity("/c/d", "\"flat\"") == "")
    }

    @Test func values_are_in_the_order_of_the_policy() {
        var authorizer = world("c", "sub", "absent", "/o/x", "sub").authorizer()
        let token = TestToken.token(["c": "[\"a\",\"b\"]", "o": "{\"x\":7}"])
        #expect(authorizer.decide(TestRequest(token: token)).reason == .allowed)
        #expect(authorizer.identityTexts == ["a,b", "alice", "", "7", "alice"])
    }

    @Test func only_visible_ascii_and_inner_spaces_come_out_of_random_claims() {
        var random = SeededGenerator(seed: 11)
        var authorizer = world("c", "d").authorizer()
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                "\\u00"
                    + (["00", "0a", "0d", "20", "2c", "25", "7f", "80", "e9", "41", "22", "5c"].randomElement(
                        using: &random
                    ) ?? "00")
            }
            .joined()
            let token = TestToken.token(["c": "\"\(text)\"", "d": "[\"\(text)\",\"\(text)\"]"])
            #expect(authorizer.decide(TestRequest(token: token)).reason == .allowed)
            #expect(authorizer.identity.bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
            let single = authorizer.identityTexts[0]
            #expect(!single.hasPrefix(" ") && !single.hasSuffix(" "))
            // A list of two has one comma, whatever the elements hold.
            #expect(authorizer.identityTexts[1].filter { $0 == "," }.count == 1)
        }
    }

    @Test func values_that_are_too_long_together_are_refused_and_leave_nothing_behind() {
        var authorizer = world("c", "d").authorizer()
        func decide(_ first: Int, _ second: Int, _ character: String = "x") -> Reason {
            let changes = [
                "c": "\"" + String(repeating: character, count: first) + "\"",
                "d": "\"" + String(repeating: "y", count: second) + "\"",
            ]
            return authorizer.decide(TestRequest(token: TestToken.token(changes))).reason
        }
        #expect(decide(2048, 2048) == .allowed)
        #expect(authorizer.identity.bytes.count == IdentityValues.maximumBytes)
        #expect(decide(2048, 2049) == .claimMalformed)
        #expect(authorizer.identityTexts == ["", ""])
        #expect(decide(0, 4096) == .allowed)
        #expect(decide(0, 4097) == .claimMalformed)
        // The encoded length counts.
        #expect(decide(1366, 0, "%") == .claimMalformed)
        #expect(decide(1365, 0, "%") == .allowed)
    }

    @Test func without_identity_headers_there_are_no_values() {
        var authorizer = World().authorizer()
        #expect(authorizer.decide(TestRequest(token: TestToken.token())).reason == .allowed)
        #expect(authorizer.identityTexts == [])
    }
}

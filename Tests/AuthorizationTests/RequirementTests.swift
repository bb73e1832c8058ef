import Authorization
import Testing

@Suite struct RequirementTests {
    private func reason(scopes: [String], _ changes: [String: String?]) -> Reason {
        World(rules: [World.rule("/**", .require(Requirement(scopes: scopes)))]).reason(changes)
    }

    private func reason(_ claim: String, anyOf literals: [ClaimLiteral], _ changes: [String: String?]) -> Reason? {
        guard let path = ClaimPath(claim) else { return nil }
        let requirement = Requirement(claims: [ClaimRequirement(claim: path, anyOf: literals)])
        return World(rules: [World.rule("/**", .require(requirement))]).reason(changes)
    }

    @Test(arguments: [
        ("\"read\"", true), ("\"read write\"", true), ("\"write read\"", true), ("\"a read b\"", true),
        ("\"read  write\"", true),
        ("\" read \"", true), ("\"\"", false), ("\"reader\"", false), ("\"pread\"", false), ("\"READ\"", false),
        ("\"read,write\"", false), ("\"read\\twrite\"", false), ("\"write\"", false), ("[\"read\"]", true),
        ("[]", false),
        ("[\"read write\"]", false), ("[\"x\",\"read\"]", true), ("[1,\"read\"]", true), ("1", false), ("null", false),
        ("true", false),
        ("{\"read\":true}", false), ("[[\"read\"]]", false), ("\"r\\u0065ad\"", true), ("\"write r\\u0065ad\"", true),
    ])
    func a_scope_is_a_word_of_scope_or_an_element_of_scp(value: String, isThere: Bool) {
        let expected: Reason = isThere ? .allowed : .scopeInsufficient
        for name in ["scope", "scp"] { #expect(reason(scopes: ["read"], [name: value]) == expected, "\(name)") }
    }

    // Some JSON writers escape every slash: the text is the same.
    @Test func a_scope_with_escaped_slashes_is_the_same_scope() {
        let changes = ["scope": #""openid https:\/\/api.example\/read""#]
        #expect(reason(scopes: ["https://api.example/read"], changes) == .allowed)
        #expect(reason(scopes: ["openid"], changes) == .allowed)
        // An escaped space parts words like a plain one.
        #expect(reason(scopes: ["a", "b"], ["scope": #""a\u0020b""#]) == .allowed)
    }

    @Test func all_scopes_are_asked_for_wherever_they_stand() {
        #expect(reason(scopes: ["a", "b"], ["scope": "\"a b\""]) == .allowed)
        #expect(reason(scopes: ["a", "b"], ["scope": "\"a\"", "scp": "[\"b\"]"]) == .allowed)
        #expect(reason(scopes: ["a", "b"], ["scope": "\"a\""]) == .scopeInsufficient)
        #expect(reason(scopes: ["a"], [:]) == .scopeInsufficient)
        #expect(reason(scopes: [], [:]) == .allowed)
        #expect(reason(scopes: ["a"], ["scopes": "\"a\"", "Scope": "\"a\""]) == .scopeInsufficient)
        #expect(reason(scopes: [""], ["scope": "\"a  b\"", "scp": "\"\""]) == .scopeInsufficient)
    }

    @Test(arguments: [
        ("\"eng\"", Reason.allowed), ("\"ops\"", .allowed), ("\"e\\u006eg\"", .allowed), ("[\"eng\"]", .allowed),
        ("[\"x\",\"ops\"]", .allowed), ("[1,null,\"eng\"]", .allowed), ("\"Eng\"", .claimMismatch),
        ("\"eng \"", .claimMismatch),
        ("\"en\"", .claimMismatch), ("\"engx\"", .claimMismatch), ("\"\"", .claimMismatch), ("[]", .claimMismatch),
        ("\"eng,ops\"", .claimMismatch), ("null", .claimMismatch), ("1", .claimMismatch), ("true", .claimMismatch),
        ("{\"eng\":\"eng\"}", .claimMismatch), ("[[\"eng\"]]", .claimMismatch), ("[{\"a\":\"eng\"}]", .claimMismatch),
    ])
    func a_claim_has_one_of_the_values_or_contains_it(value: String, expected: Reason) {
        #expect(reason("department", anyOf: [.string("eng"), .string("ops")], ["department": value]) == expected)
    }

    // A value is of its JSON type: the text "1" is not the number 1, nor is true.
    @Test(arguments: [
        (ClaimLiteral.integer(1), "1", true), (.integer(1), "\"1\"", false), (.integer(1), "true", false),
        (.integer(1), "1.0", false),
        (.integer(1), "1e0", false), (.integer(1), "[2,1]", true), (.integer(-5), "-5", true),
        (.integer(.max), "9223372036854775807", true),
        (.integer(.min), "-9223372036854775808", true), (.integer(0), "-0", true), (.integer(0), "null", false),
        (.integer(0), "false", false),
        (.bool(true), "true", true), (.bool(true), "\"true\"", false), (.bool(true), "1", false),
        (.bool(true), "false", false),
        (.bool(false), "false", true), (.bool(false), "null", false), (.bool(false), "0", false),
        (.bool(true), "[false,true]", true),
        (.string("true"), "true", false), (.string("1"), "1", false), (.string("null"), "null", false),
        (.string(""), "\"\"", true),
        (.string("é"), "\"\\u00e9\"", true), (.string("😀"), "\"\\ud83d\\ude00\"", true),
        (.string("\u{E9}"), "\"e\u{301}\"", false),
        (.integer(1), "10000000000000000000000001", false),
    ])
    func a_value_is_compared_within_its_type(literal: ClaimLiteral, value: String, isMet: Bool) {
        #expect(reason("c", anyOf: [literal], ["c": value]) == (isMet ? .allowed : .claimMismatch))
    }

    @Test func a_pointer_leads_into_objects() {
        let changes: [String: String?] = [
            "realm_access": #"{"roles":["admin","user"],"a/b":{"~":true}}"#, "a.b": "\"dot\"", "/x": "\"slash\"",
            "resource": #"{"\u0061pi":{"roles":["r"]}}"#,
        ]
        for (claim, literal) in [
            ("/realm_access/roles", ClaimLiteral.string("admin")), ("/realm_access/roles", .string("user")),
            ("/realm_access/a~1b/~0", .bool(true)), ("a.b", .string("dot")), ("/a.b", .string("dot")),
            ("/~1x", .string("slash")),
            ("/resource/api/roles", .string("r")),
        ] {
            #expect(reason(claim, anyOf: [literal], changes) == .allowed, "\(claim)")
        }
        for (claim, literal) in [
            ("/realm_access/roles/0", ClaimLiteral.string("admin")), ("/realm_access", .string("admin")),
            ("roles", .string("admin")),
            ("/realm_access/roles/", .string("admin")), ("realm_access.roles", .string("admin")),
            ("/a/b", .string("dot")),
            ("/absent/roles", .string("admin")), ("/realm_access/roles/admin", .string("admin")), ("/", .string("dot")),
        ] {
            #expect(reason(claim, anyOf: [literal], changes) == .claimMismatch, "\(claim)")
        }
    }

    @Test func all_claims_are_asked_for() throws {
        let department = ClaimRequirement(claim: try #require(ClaimPath("department")), anyOf: [.string("eng")])
        let level = ClaimRequirement(claim: try #require(ClaimPath("level")), anyOf: [.integer(1), .integer(2)])
        let world = World(rules: [World.rule("/**", .require(Requirement(scopes: ["a"], claims: [department, level])))])
        let good: [String: String?] = ["department": "\"eng\"", "level": "2", "scope": "\"a\""]
        #expect(world.reason(good) == .allowed)
        #expect(world.reason(good.merging(["level": "3"]) { $1 }) == .claimMismatch)
        #expect(world.reason(good.merging(["department": nil]) { $1 }) == .claimMismatch)
        #expect(world.reason(good.merging(["scope": nil, "level": "3"]) { $1 }) == .scopeInsufficient)
    }
}

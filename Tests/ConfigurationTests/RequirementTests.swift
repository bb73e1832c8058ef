import Authorization
import Configuration
import Testing

@Suite struct RequirementTests {
    private static let require = "require: { issuer: main }"
    private static let second =
        "  - { name: other, issuer: o, audiences: [a], algorithms: [HS256], keys: { file: b } }\nrules:"

    private func errors(_ requirement: String) -> [String] {
        Sample.errors(Sample.small(Self.require, "require: \(requirement)"))
    }

    private func read(_ yaml: String) throws -> Requirement {
        guard case .require(let requirement) = try Sample.settings(yaml).policy.rules.first?.effect else {
            throw Sample.Unreadable(errors: [])
        }
        return requirement
    }

    private func read(requirement: String) throws -> Requirement {
        try read(Sample.small(Self.require, "require: \(requirement)"))
    }

    @Test func requirements_stand_in_each_other() throws {
        let read = try read(
            requirement: """
                {
                      issuer: main,
                      scopes: [a],
                      all_of: [{ scopes: [b] }, { claims: { d: eng } }],
                      any_of: [{ scopes: [c] }, { issuer: main, any_of: [{ claims: { e: 1 } }, { scopes: [f, g] }] }],
                    }
                """
        )
        let d = ClaimRequirement(claim: try #require(ClaimPath("d")), anyOf: [.string("eng")])
        let e = ClaimRequirement(claim: try #require(ClaimPath("e")), anyOf: [.integer(1)])
        #expect(
            read
                == Requirement(
                    issuer: "main",
                    scopes: ["a"],
                    allOf: [Requirement(scopes: ["b"]), Requirement(claims: [d])],
                    anyOf: [
                        Requirement(scopes: ["c"]),
                        Requirement(
                            issuer: "main",
                            anyOf: [Requirement(claims: [e]), Requirement(scopes: ["f", "g"])]
                        ),
                    ]
                )
        )
    }

    @Test func any_of_may_name_several_issuers() throws {
        let yaml = Sample.small("rules:", Self.second)
            .replacing(Self.require, with: "require: { any_of: [{ issuer: main }, { issuer: other, scopes: [a] }] }")
        #expect(try read(yaml).anyOf.map(\.issuer) == ["main", "other"])
    }

    @Test(arguments: [
        ("{ any_of: [] }", "13:24: rules[0].require.any_of: must not be empty; nothing could meet it"),
        ("{ all_of: [] }", "13:24: rules[0].require.all_of: must not be empty; or remove the key"),
        (
            "{ any_of: { scopes: [a] } }",
            "13:24: rules[0].require.any_of: must be a list, not a mapping"
        ),
        ("{ any_of: [a] }", "13:25: rules[0].require.any_of[0]: must be a mapping of keys to values"),
        (
            "{ any_of: [{ scopes: [a] }, {}] }",
            "13:42: rules[0].require.any_of[1]: asks for nothing, so that every token meets it; remove it"
        ),
        (
            "{ all_of: [{}] }",
            "13:25: rules[0].require.all_of[0]: asks for nothing, so that every token meets it; remove it"
        ),
        (
            "{ any_of: [{ issuer: mian }] }",
            "13:35: rules[0].require.any_of[0].issuer: there is no such issuer; did you mean \"main\"?"
        ),
        (
            "{ any_of: [{ all_of: [{ issuer: nobody }] }] }",
            "13:46: rules[0].require.any_of[0].all_of[0].issuer: there is no such issuer; known: main"
        ),
        (
            "{ any_of: [{ scope: [a] }] }",
            "13:27: rules[0].require.any_of[0].scope: unknown key; did you mean \"scopes\"?"
        ),
        (
            "{ any_of: [{ scopes: [a b] }] }",
            "13:36: rules[0].require.any_of[0].scopes[0]: not a scope (RFC 6749 §3.3); "
                + "each scope is an element of its own: [a, b]"
        ),
        (
            "{ any_of: [{ any_of: [{ any_of: [{ any_of: [{ scopes: [a] }] }] }] }] }",
            "13:57: rules[0].require.any_of[0].any_of[0].any_of[0].any_of: "
                + "requirements stand at most 4 deep in each other"
        ),
    ])
    func a_requirement_that_cannot_be_is_refused(requirement: String, message: String) {
        #expect(errors(requirement) == ["authd.yaml:\(message)"])
    }

    @Test func four_requirements_may_stand_in_each_other() {
        #expect(errors("{ any_of: [{ any_of: [{ any_of: [{ scopes: [a] }] }] }] }") == [])
    }

    @Test func a_rule_has_sixty_four_requirements_at_most() {
        func many(_ count: Int) -> String {
            "{ any_of: [" + (0..<count).map { "{ scopes: [s\($0)] }" }.joined(separator: ", ") + "] }"
        }
        #expect(errors(many(63)) == [])
        let messages = errors(many(80))
        #expect(messages.count == 1)
        #expect(messages.first?.hasSuffix("any_of[63]: more than 64 requirements in one rule") == true)
    }

    @Test(arguments: [
        "{ issuer: main, any_of: [{ scopes: [a] }, { issuer: other }] }",
        "{ issuer: main, all_of: [{ issuer: other }] }",
        "{ all_of: [{ issuer: main }, { issuer: other }] }",
        "{ any_of: [{ issuer: main, all_of: [{ any_of: [{ issuer: other }] }] }] }",
    ])
    func no_token_has_two_issuers(requirement: String) {
        let yaml = Sample.small("rules:", Self.second).replacing(Self.require, with: "require: \(requirement)")
        let messages = Sample.errors(yaml)
        #expect(messages.count == 1)
        #expect(
            messages.first?.hasSuffix("within a requirement for tokens of \"main\": nothing could meet both") == true
        )
    }

    @Test func an_issuers_own_claims_reach_its_policy() throws {
        let yaml = Sample.small("keys:", "claims: { token_use: access, /realm/roles: [a, b], active: true }\n    keys:")
        let issuer = try #require(try Sample.settings(yaml).policy.issuers.first)
        #expect(issuer.claims.map(\.claim.names) == [["token_use"], ["realm", "roles"], ["active"]])
        #expect(issuer.claims.map(\.anyOf) == [[.string("access")], [.string("a"), .string("b")], [.bool(true)]])
        #expect(
            Sample.errors(Sample.small("keys:", "claims: {}\n    keys:")) == [
                "authd.yaml:9:13: issuers[0].claims: must not be empty; or remove the key"
            ]
        )
        #expect(
            Sample.errors(Sample.small("keys:", "claims: { a: 1.5 }\n    keys:")).first?.contains("issuers[0].claims.a")
                == true
        )
    }
}

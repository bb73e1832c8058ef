import Authorization
import Configuration
import Testing

@Suite struct RuleTests {
    private static let match = "match: { path: /hello/** }"
    private static let require = "require: { issuer: main }"

    private func rule(_ old: String, _ new: String) throws -> Rule {
        try #require(try Sample.settings(Sample.small(old, new)).policy.rules.first)
    }

    /// A second rule after the sample's own, on line 14.
    private static func second(_ match: String, name: String = "two") -> String {
        "  - { name: \(name), match: \(match), deny: true }"
    }

    @Test(arguments: [
        Slip("    \(require)\n", "", "11:5: rules[0]", "needs one of \"allow\", \"require\", \"deny\""),
        Slip(
            require,
            "\(require)\n    deny: true",
            "14:5: rules[0].deny",
            "stands beside \"require\"; exactly one of \"allow\", \"require\", \"deny\" counts"
        ),
        Slip(require, "allow: true", "13:12: rules[0].allow", "must be one of anonymous"),
        Slip(
            require,
            "allow: anonymus",
            "13:12: rules[0].allow",
            "must be one of anonymous; did you mean \"anonymous\"?"
        ),
        Slip(
            require,
            "deny: false",
            "13:11: rules[0].deny",
            "must be true; to let requests through, write allow or require"
        ),
        Slip(require, "require: main", "13:14: rules[0].require", "must be a mapping of keys to values"),
        Slip(
            require,
            "require: { issuer: mian }",
            "13:24: rules[0].require.issuer",
            "there is no such issuer; did you mean \"main\"?"
        ),
        Slip(
            require,
            "require: { issuer: else }",
            "13:24: rules[0].require.issuer",
            "there is no such issuer; known: main"
        ),
        Slip(
            require,
            "require: { scopes: [] }",
            "13:24: rules[0].require.scopes",
            "must not be empty; or remove the key"
        ),
        Slip(
            require,
            "require: { scopes: [a b] }",
            "13:25: rules[0].require.scopes[0]",
            "not a scope (RFC 6749 §3.3); each scope is an element of its own: [a, b]"
        ),
        Slip(
            require,
            "require: { claims: {} }",
            "13:24: rules[0].require.claims",
            "must not be empty; or remove the key"
        ),
        Slip(
            require,
            "require: { claims: { a: [] } }",
            "13:29: rules[0].require.claims.a",
            "must not be empty: nothing could meet it"
        ),
        Slip(
            require,
            "require: { claims: { a: { b: 1 } } }",
            "13:29: rules[0].require.claims.a",
            "must be a text, a whole number, true or false, not a mapping"
        ),
        Slip(
            require,
            "require: { claims: { /a~2: 1 } }",
            "13:26: rules[0].require.claims[\"/a~2\"]",
            "neither a claim's name nor a JSON Pointer (RFC 6901)"
        ),
        Slip("name: hello\n    ", "", "11:5: rules[0]", "\"name\" is missing"),
        Slip("    \(match)\n", "", "11:5: rules[0]", "\"match\" is missing; such as match: { path: /hello/** }"),
        Slip(match, "match: {}", "12:12: rules[0].match", "\"path\" is missing; every path is /**"),
        Slip(match, "match: { path: hello }", "12:20: rules[0].match.path", "a path starts with \"/\""),
        Slip(
            match,
            "match: { path: /a/../b }",
            "12:20: rules[0].match.path",
            "a segment that is refused in requests as ambiguous never matches"
        ),
        Slip(match, "match: { path: /a//b }", "12:20: rules[0].match.path", "an empty segment (\"//\") never matches"),
        Slip(
            match,
            "match: { path: \"/a/\\u0301b\" }",
            "12:20: rules[0].match.path",
            "a combining mark after \"/\" is ambiguous"
        ),
        Slip(
            match,
            "match: { path: /a*b }",
            "12:20: rules[0].match.path",
            "\"*\" stands for one whole segment, and \"**\" only at the end"
        ),
        Slip(
            match,
            "match: { path: /, host: \"*\" }",
            "12:29: rules[0].match.host",
            "\"*\" is no host; remove the key to mean every host"
        ),
        Slip(
            match,
            "match: { path: /, host: \"a.example:80\" }",
            "12:29: rules[0].match.host",
            "a host here has no port"
        ),
        Slip(match, "match: { path: /, host: \"[::1]:80\" }", "12:29: rules[0].match.host", "a host here has no port"),
        Slip(match, "match: { path: /, host: \"http://a\" }", "12:29: rules[0].match.host", "a host, not a URL"),
        Slip(
            match,
            "match: { path: /, host: \"[zz]\" }",
            "12:29: rules[0].match.host",
            "not a host name; such as api.example or *.example.com"
        ),
        Slip(
            match,
            "match: { path: /, host: a..b }",
            "12:29: rules[0].match.host",
            "not a host name; such as api.example or *.example.com"
        ),
        Slip(
            match,
            "match: { path: /, methods: get }",
            "12:32: rules[0].match.methods",
            "must be a list; one value is a list too: [value]"
        ),
        Slip(
            match,
            "match: { path: /, methods: [get] }",
            "12:33: rules[0].match.methods[0]",
            "methods are compared with their case; did you mean \"GET\"?"
        ),
        Slip(
            match,
            "match: { path: /, methods: [] }",
            "12:32: rules[0].match.methods",
            "must not be empty; remove the key to mean every method"
        ),
        Slip(
            match,
            "match: { path: /, methods: [\"*\"] }",
            "12:33: rules[0].match.methods[0]",
            "\"*\" is no method; remove the key to mean every method"
        ),
        Slip(
            match,
            "match: { path: /, methods: [\"A B\"] }",
            "12:33: rules[0].match.methods[0]",
            "not a method (RFC 9110 §9.1)"
        ),
        Slip(
            match,
            "match: { path: /, methods: [GET, GET] }",
            "12:38: rules[0].match.methods[1]",
            "stands twice; first at rules[0].match.methods[0]"
        ),
        Slip(require, "\(require)\n    mode: dry", "14:11: rules[0].mode", "must be one of enforce, shadow"),
        Slip(
            require,
            "allow: anonymous\n    mode: shadow",
            "14:5: rules[0].mode",
            "a rule that allows everybody denies nothing; shadow records what a rule would have denied"
        ),
        Slip(
            require,
            "deny: true\n    upstream: a\nupstreams: { a: { url: \"http://a\" } }",
            "14:5: rules[0].upstream",
            "a rule that denies sends nothing to an upstream"
        ),
        Slip(
            require,
            "\(require)\n    upstream: hallo\nupstreams: { hello: { url: \"http://a\" } }",
            "14:15: rules[0].upstream",
            "there is no such upstream; did you mean \"hello\"?"
        ),
        Slip(require, "\(require)\n    upstream: a", "14:15: rules[0].upstream", "there is no such upstream"),
        Slip(
            adding: second("{ path: /x }", name: "hello"),
            "14:13: rules[1].name",
            "the name of another rule, on line 11"
        ),
        Slip(
            adding: second("{ path: /hello/** }"),
            "14:25: rules[1].match",
            "matches the same requests as rule \"hello\" on line 11"
        ),
        Slip(
            adding: second("{ path: /h%65llo/** }"),
            "14:25: rules[1].match",
            "matches the same requests as rule \"hello\" on line 11"
        ),
    ])
    func a_rule_that_cannot_be_is_refused(_ slip: Slip) {
        #expect(Sample.errors(slip.yaml) == [slip.message])
    }

    @Test func rules_overlap_where_host_path_and_a_method_are_the_same() {
        func errors(_ first: String, _ second: String) -> [String] {
            Sample.errors(Sample.small(Self.match, "match: \(first)") + Self.second(second) + "\n")
        }
        let message = "authd.yaml:14:25: rules[1].match: matches the same GET requests as rule \"hello\" on line 11"
        #expect(errors("{ path: /a, methods: [GET, PUT] }", "{ path: /a, methods: [HEAD, GET] }") == [message])
        #expect(errors("{ path: /a, methods: [GET] }", "{ path: /a, methods: [HEAD] }") == [])
        #expect(errors("{ path: /a, methods: [GET] }", "{ path: /a }") == [])
        #expect(errors("{ path: /a }", "{ path: /a/** }") == [])
        #expect(errors("{ path: /a }", "{ path: /a/ }") == [])
        #expect(errors("{ path: /a/* }", "{ path: /a/** }") == [])
        #expect(errors("{ path: /a, host: a.example }", "{ path: /a, host: \"*.example\" }") == [])
        #expect(errors("{ path: /a, host: a.example }", "{ path: /a }") == [])
        #expect(errors("{ path: /a, host: a.example }", "{ path: /a, host: A.EXAMPLE. }").count == 1)
        #expect(errors("{ path: /%C3%BC }", "{ path: /ü }").count == 1)
    }

    @Test func a_token_without_an_issuer_to_check_it_is_never_required() {
        let issuers =
            "issuers:\n  - name: main\n    issuer: https://issuer.example\n    audiences: [api]\n    algorithms: [HS256]\n    keys: { file: secret }\n"
        #expect(
            Sample.errors(Sample.small(issuers, "")) == [
                "authd.yaml:5:5: rules[0]: requires a token, but there are no issuers; add issuers"
            ]
        )
        #expect(Sample.errors(Sample.small(issuers, "").replacing(Self.require, with: "allow: anonymous")) == [])
    }

    @Test func a_broken_issuer_is_not_reported_again_at_each_rule() {
        let yaml = Sample.small("algorithms: [HS256]", "algorithms: [HS999]")
        #expect(Sample.errors(yaml).count == 1)
    }

    @Test func claims_keep_their_types() throws {
        let claims = "{ a: eng, b: [eng, \"3\", 3, -4, true, \"true\"], /c/d: false, e: 10.0.0.1, f: 2024-05-01 }"
        guard case .require(let requirement) = try rule(Self.require, "require: { claims: \(claims) }").effect else {
            Issue.record("no requirement")
            return
        }
        #expect(requirement.claims.map(\.claim.text) == ["a", "b", "/c/d", "e", "f"])
        #expect(
            requirement.claims.map(\.anyOf) == [
                [.string("eng")],
                [.string("eng"), .string("3"), .integer(3), .integer(-4), .bool(true), .string("true")],
                [.bool(false)], [.string("10.0.0.1")], [.string("2024-05-01")],
            ]
        )
        #expect(requirement.claims[2].claim.names == ["c", "d"])
    }

    @Test(arguments: [
        "1.5", "1e3", "007", "0x1F", "0o17", "+3", "1_000", "12:30", ".5", "yes", "No", "on", "OFF", "True", "FALSE",
        "y",
        ".inf", ".NaN", "9223372036854775808",
    ])
    func a_claim_that_yaml_versions_read_differently_needs_quotes(text: String) {
        let errors = Sample.errors(Sample.small(Self.require, "require: { claims: { a: \(text) } }"))
        #expect(
            errors == [
                "authd.yaml:13:29: rules[0].require.claims.a: a number or truth value to some readers of YAML and a text "
                    + "to others; put a text into quotes; numbers are whole, truth values true and false"
            ]
        )
        #expect(Sample.errors(Sample.small(Self.require, "require: { claims: { a: \"\(text)\" } }")) == [])
    }

    @Test func rules_may_shadow_a_requirement_or_a_denial() throws {
        #expect(try rule(Self.require, "\(Self.require)\n    mode: shadow").mode == .shadow)
        #expect(try rule(Self.require, "deny: true\n    mode: shadow").effect == .deny)
        #expect(try rule(Self.require, "\(Self.require)\n    mode: enforce").mode == .enforce)
        #expect(try rule(Self.require, "require: {}").effect == .require(Requirement()))
    }

    @Test func no_rules_are_legal_and_warned_of() throws {
        let rules = "rules:\n  - name: hello\n    \(Self.match)\n    \(Self.require)\n"
        #expect(try Sample.warnings(Sample.small(rules, "")) == ["authd.yaml:1:1: no rules: every request is denied"])
        #expect(
            try Sample.warnings(Sample.small(rules, "rules: []\n")) == [
                "authd.yaml:10:8: rules: no rules: every request is denied"
            ]
        )
    }
}

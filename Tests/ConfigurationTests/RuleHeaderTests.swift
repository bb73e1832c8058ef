import Authorization
import Configuration
import Testing

@Suite struct RuleHeaderTests {
    private static let require = "require: { issuer: main }"

    /// The sample whose rule has headers, which stand on line 14.
    private func yaml(_ headers: String, adding lines: String = "") -> String {
        Sample.small(Self.require, "\(Self.require)\n    headers: { \(headers) }") + lines
    }

    @Test func a_rule_has_headers_of_its_own() throws {
        let policy = try Sample.settings(
            yaml("X-Team: team, x-user: email", adding: "identity_headers: { X-User: sub }\n")
        ).policy
        #expect(policy.rules.map { $0.headers.map(\.header) } == [["X-Team", "x-user"]])
        #expect(policy.rules.map { $0.headers.map(\.claim.text) } == [["team", "email"]])
        #expect(policy.identityHeaderNames == ["X-User", "X-Team"])
    }

    @Test func two_rules_may_say_the_same_header() throws {
        let other = "  - { name: two, match: { path: /x }, require: {}, headers: { X-Team: /a/b } }\n"
        let policy = try Sample.settings(yaml("X-Team: team", adding: other)).policy
        #expect(policy.rules.map { $0.headers.map(\.claim.text) } == [["team"], ["/a/b"]])
    }

    @Test(arguments: [
        ("Cookie: sub", "", "14:16: rules[0].headers.Cookie: this field carries credentials"),
        ("X-Authd-Assertion: sub", "", "14:16: rules[0].headers.X-Authd-Assertion: X-Authd-… is authd's own"),
        ("X-A: /a~2", "", "14:21: rules[0].headers.X-A: not a JSON Pointer (RFC 6901); such as /realm_access/roles"),
        ("", "", "14:14: rules[0].headers: must not be empty; or remove the key"),
        (
            "X-A: a, X_A: b",
            "",
            "14:24: rules[0].headers.X_A: the same field as on line 14 to servers that take \"_\" and \".\" for \"-\""
        ),
        (
            "X-A: a, x-a: b",
            "",
            "14:24: rules[0].headers.x-a: the same field as on line 14 to servers that take \"_\" and \".\" for \"-\""
        ),
        (
            "X_User: a",
            "identity_headers: { X-User: sub }\n",
            "14:16: rules[0].headers.X_User: the same field as on line 15 to servers that take \"_\" and \".\" for \"-\""
        ),
        (
            "X-A: a",
            "  - { name: two, match: { path: /x }, require: {}, headers: { X.A: a } }\n",
            "15:63: rules[1].headers[\"X.A\"]: the same field as on line 14 to servers that take \"_\" and \".\" for \"-\""
        ),
    ])
    func a_header_that_cannot_be_is_refused(headers: String, lines: String, message: String) {
        #expect(Sample.errors(yaml(headers, adding: lines)) == ["authd.yaml:\(message)"])
    }

    @Test(arguments: ["allow: anonymous", "deny: true", "deny: true\n    mode: shadow"])
    func headers_are_refused_where_nobody_is_known(effect: String) {
        let line = 14 + effect.count { $0 == "\n" }
        #expect(
            Sample.errors(Sample.small(Self.require, "\(effect)\n    headers: { X-A: sub }")) == [
                "authd.yaml:\(line):5: rules[0].headers: nobody is known here whom headers could tell of; "
                    + "only a rule with require looks at a token"
            ]
        )
    }

    @Test func a_field_that_brings_tokens_cannot_be_set_as_well() {
        let text = yaml("x_token: sub").replacing("keys:", with: "token_from: { header: X-Token }\n    keys:")
        #expect(
            Sample.errors(text) == [
                "authd.yaml:15:16: rules[0].headers.x_token: an issuer's tokens stand in this field"
            ]
        )
    }

    @Test func there_are_sixty_four_at_most_in_all() {
        let global = (0..<63).map { "X-\($0): sub" }.joined(separator: ", ")
        let lines = "identity_headers: { \(global) }\n"
        #expect(Sample.errors(yaml("X-A: a, X-1: b", adding: lines)) == [])
        #expect(
            Sample.errors(yaml("X-A: a, X-B: b", adding: lines)) == [
                "authd.yaml:14:14: rules[0].headers: more than 64 headers, all rules together"
            ]
        )
    }
}

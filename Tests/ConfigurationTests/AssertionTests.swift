import Configuration
import Testing

@Suite struct AssertionTests {
    private func assertion(_ text: String) throws -> AssertionSettings {
        let yaml = Sample.small(adding: "assertion: { \(text) }")
        return try #require(try Sample.settings(yaml, file: "/etc/a.yaml").assertion)
    }

    @Test func what_is_left_out_has_the_documented_default() throws {
        #expect(try Sample.settings(Sample.small).assertion == nil)
        let assertion = try assertion("key: assertion.pem")
        #expect(assertion.keyFile == "/etc/assertion.pem")
        #expect(assertion.header == "X-Authd-Assertion")
        #expect(assertion.issuer == "authd")
        #expect(assertion.audience == nil)
        #expect(assertion.lifetime == .seconds(60))
    }

    @Test func everything_can_be_set() throws {
        let assertion = try assertion("key: /k, header: X-Proof, issuer: \"https://a\", audience: api, lifetime: 5s")
        #expect(assertion.keyFile == "/k")
        #expect(assertion.header == "X-Proof")
        #expect(assertion.issuer == "https://a")
        #expect(assertion.audience == "api")
        #expect(assertion.lifetime == .seconds(5))
        #expect(try self.assertion("key: /k, header: x-authd-assertion").header == "x-authd-assertion")
    }

    @Test(arguments: [
        Slip(adding: "assertion: {}", "14:12: assertion", "\"key\" is missing; such as key: /etc/authd/assertion.pem"),
        Slip(adding: "assertion: k.pem", "14:12: assertion", "must be a mapping of keys to values"),
        Slip(adding: "assertion: { key: a, lifetime: 4s }", "14:32: assertion.lifetime", "must be from 5s to 10m"),
        Slip(adding: "assertion: { key: a, lifetime: 11m }", "14:32: assertion.lifetime", "must be from 5s to 10m"),
        Slip(
            adding: "assertion: { key: a, header: Host }",
            "14:30: assertion.header",
            "this field belongs to HTTP itself"
        ),
        Slip(
            adding: "assertion: { key: a, header: Authorization }",
            "14:30: assertion.header",
            "this field carries credentials"
        ),
        Slip(
            adding: "assertion: { key: a, header: X-Authd-Rule }",
            "14:30: assertion.header",
            "X-Authd-… is authd's own"
        ),
        Slip(
            adding: "assertion: { key: a, header: X_Authd_Assertion }",
            "14:30: assertion.header",
            "X-Authd-… is authd's own"
        ),
        Slip(
            adding: "assertion: { key: a, header: x_user }\nidentity_headers: { X-User: sub }",
            "14:30: assertion.header",
            "an identity header, on line 15"
        ),
        Slip(adding: "assertion: { key: a, audience: \"\" }", "14:32: assertion.audience", "must not be empty"),
        Slip(
            yaml: Sample.small("keys:", "token_from: { header: X-Proof }\n    keys:")
                + "assertion: { key: a, header: X-Proof }\n",
            "15:30: assertion.header",
            "an issuer's tokens stand in this field"
        ),
        Slip(
            yaml: Sample.small("{ issuer: main }", "{ issuer: main }\n    headers: { X-Proof: sub }")
                + "assertion: { key: a, header: X-Proof }\n",
            "15:30: assertion.header",
            "an identity header, on line 14"
        ),
    ])
    func an_assertion_that_cannot_be_is_refused(_ slip: Slip) {
        #expect(Sample.errors(slip.yaml) == [slip.message])
    }

    @Test func whoever_writes_the_key_itself_is_told_to_use_a_file() {
        #expect(
            Sample.errors(Sample.small(adding: "assertion: { key: a, private_key: b }")) == [
                "authd.yaml:14:22: assertion.private_key: unknown key; the private key stands in a file of its own: key: PATH"
            ]
        )
    }
}

import Authorization
import Configuration
import Testing

@Suite struct IdentityHeaderTests {
    private func errors(_ headers: String) -> [String] {
        Sample.errors(Sample.small(adding: "identity_headers: { \(headers) }"))
    }

    @Test func headers_keep_their_order_and_spelling() throws {
        let line = "identity_headers: { X-B: sub, x-a: /realm/roles, Remote-User: email, X-Forwarded-User: sub }"
        let headers = try Sample.settings(Sample.small(adding: line)).policy.identityHeaders
        #expect(headers.map(\.header) == ["X-B", "x-a", "Remote-User", "X-Forwarded-User"])
        #expect(headers.map(\.claim.names) == [["sub"], ["realm", "roles"], ["email"], ["sub"]])
    }

    @Test(arguments: [
        "Connection", "keep-alive", "Transfer-Encoding", "transfer_encoding", "Transfer.Encoding", "Content-Length",
        "content_length", "Host", "HOST", "Authorization", "Cookie", "Set-Cookie", "Proxy-Authorization", "TE",
        "Trailer",
        "Upgrade", "Expect", "X-Authd-Rule", "x_authd_decision", "X.Authd.New", "WWW-Authenticate", "Cache-Control",
        "X-Forwarded-For", "X-Original-URI", "X-Real-IP", "Forwarded", "\"a b\"", "\"\"", "\"a:b\"", "größe",
    ])
    func fields_that_mean_something_else_are_refused(name: String) {
        let errors = errors("\(name): sub")
        #expect(errors.count == 1)
        #expect(errors.first?.hasPrefix("authd.yaml:14:21: identity_headers") == true)
    }

    @Test(arguments: ["x-user", "X_User", "X.USER", "x_user"])
    func two_spellings_of_one_field_are_refused(other: String) {
        let errors = errors("X-User: sub, \(other): email")
        #expect(errors.count == 1)
        #expect(
            errors.first?.contains("the same field as on line 14 to servers that take \"_\" and \".\" for \"-\"")
                == true
        )
    }

    @Test func a_field_that_brings_tokens_cannot_be_set_as_well() {
        let yaml = Sample.small("keys:", "token_from: { header: X-Token }\n    keys:")
        #expect(
            Sample.errors(yaml + "identity_headers: { x_token: sub }\n") == [
                "authd.yaml:15:21: identity_headers.x_token: an issuer's tokens stand in this field"
            ]
        )
    }

    @Test func a_claim_is_a_name_or_a_pointer() {
        #expect(errors("X-User: \"/a~2\"").count == 1)
        #expect(errors("X-User: \"\"").count == 1)
        #expect(errors("X-User: [a]").count == 1)
        #expect(errors("X-User: https://example.com/claim").count == 0)
        #expect(errors("").count == 1)
    }

    @Test func there_are_sixty_four_at_most() {
        func many(_ count: Int) -> String { (0..<count).map { "X-\($0): sub" }.joined(separator: ", ") }
        #expect(errors(many(64)) == [])
        #expect(errors(many(65)) == ["authd.yaml:14:19: identity_headers: more than 64 headers"])
    }
}

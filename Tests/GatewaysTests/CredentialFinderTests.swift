import Authorization
import Gateways
import Testing

@Suite struct CredentialFinderTests {
    private func credential(
        _ fields: [String],
        _ sources: [CredentialSource] = [.authorization]
    ) throws -> AuthorizationRequest.Credential {
        let lines = ["GET /authorize/envoy/a HTTP/1.1", "Host: a"] + fields
        let question = try #require(GatewayQuestion(lines))
        return try #require(question.found(sources)).credential
    }

    private func token(_ fields: [String], _ sources: [CredentialSource] = [.authorization]) throws -> String? {
        let lines = ["GET /authorize/envoy/a HTTP/1.1", "Host: a"] + fields
        let question = try #require(GatewayQuestion(lines))
        return try #require(question.found(sources)).token
    }

    @Test(arguments: ["Bearer abc", "bearer abc", "BEARER abc", "bEaReR   abc"])
    func the_scheme_is_compared_without_case(value: String) throws {
        #expect(try token(["Authorization: \(value)"]) == "abc")
    }

    @Test(arguments: ["Basic abc", "Bearerx abc", "Bearer-abc", "Negotiate", "B"])
    func another_scheme_is_no_credential(value: String) throws {
        #expect(try credential(["Authorization: \(value)"]) == .absent)
    }

    @Test func a_bearer_without_a_token_is_malformed() throws {
        #expect(try credential(["Authorization: Bearer"]) == .malformed)
    }

    @Test(arguments: ["a b", "a,b", "a, Bearer b", "a\tb"])
    func what_follows_the_scheme_is_handed_over_whole(value: String) throws {
        #expect(try token(["Authorization: Bearer \(value)"]) == value)
    }

    @Test(arguments: [
        ["Authorization: Bearer a", "Authorization: Bearer a"],
        ["Authorization: Basic a", "authorization: Bearer b"],
        ["Authorization:", "Authorization: Bearer b"],
    ])
    func a_repeated_field_is_repeated_whatever_it_holds(fields: [String]) throws {
        #expect(try credential(fields) == .repeated)
    }

    @Test func no_field_is_no_credential() throws {
        #expect(try credential([]) == .absent)
        #expect(try credential(["Proxy-Authorization: Bearer a", "X-Authorization: Bearer a"]) == .absent)
    }

    @Test func a_named_header_carries_the_bare_token() throws {
        #expect(try token(["X-Token: abc"], [.header("x-token")]) == "abc")
        #expect(try credential(["X-Token: a", "x-token: b"], [.header("x-token")]) == .repeated)
        #expect(try credential(["X-Token:"], [.header("x-token")]) == .malformed)
        #expect(try credential(["Authorization: Bearer abc"], [.header("x-token")]) == .absent)
    }

    @Test func a_cookie_carries_the_bare_token() throws {
        let sources = [CredentialSource.cookie("session")]
        #expect(try token(["Cookie: a=1; session=abc; b=2"], sources) == "abc")
        #expect(try token(["Cookie: xsession=no; session=abc"], sources) == "abc")
        #expect(try credential(["Cookie: session=a; session=b"], sources) == .repeated)
        #expect(try credential(["Cookie: session=a", "Cookie: session=b"], sources) == .repeated)
        #expect(try credential(["Cookie: session="], sources) == .malformed)
        #expect(try credential(["Cookie: Session=a"], sources) == .absent)
    }

    @Test func tokens_in_two_places_are_never_weighed_against_each_other() throws {
        let sources = [CredentialSource.authorization, .cookie("session")]
        #expect(try credential(["Authorization: Bearer a", "Cookie: session=a"], sources) == .repeated)
        #expect(try token(["Cookie: session=abc"], sources) == "abc")
        #expect(try credential(["Authorization: Bearer", "Cookie: session=a"], sources) == .repeated)
    }
}

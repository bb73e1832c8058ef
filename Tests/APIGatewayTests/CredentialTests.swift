import APIGateway
import Authorization
import Testing

/// Where tokens are looked for, and when they are one too many.
@Suite struct CredentialTests {
    private let world = GatewayWorld()
    private let good = Tokens.good
    private let other = Tokens.other

    @Test(arguments: ["Bearer ", "bearer ", "BEARER   ", " Bearer "])
    func a_token_event_takes_the_scheme_in_any_case(_ scheme: String) {
        #expect(world.reason(SampleEvent.token(scheme + good)) == .allowed)
    }

    @Test func what_is_no_bearer_token_is_none() {
        #expect(world.reason(SampleEvent.token(nil)) == .tokenMissing)
        #expect(world.reason(SampleEvent.token("")) == .tokenMissing)
        #expect(world.reason(SampleEvent.token(good)) == .tokenMissing)
        #expect(world.reason(SampleEvent.token("Basic YTpi")) == .tokenMissing)
        #expect(world.reason(SampleEvent.token("Bearer")) == .tokenMalformed)
        #expect(world.reason(SampleEvent.token("Bearer \(good) \(good)")) == .tokenMalformed)
        let number = SampleEvent.token("X").replacing("\"X\"", with: "7")
        #expect(world.reason(number) == .tokenMalformed)
        #expect(world.reason(number.replacing("7", with: "null")) == .tokenMissing)
    }

    @Test func a_token_beyond_the_limit_is_too_long() {
        let long = "Bearer " + String(repeating: "a", count: 1_000_000)
        #expect(world.reason(SampleEvent.token(long)) == .tokenTooLong)
    }

    @Test(
        arguments: [
            #""headers":{"Authorization":"Bearer G"},"#, #""headers":{"AUTHORIZATION":"Bearer G"},"#,
            #""headers":null,"multiValueHeaders":{"authorization":["Bearer G"]},"#,
            #""headers":{"authorization":"Bearer G"},"multiValueHeaders":{"Authorization":["Bearer G"]},"#,
            #""headers":{"Authorization":"Bearer G","X":null},"multiValueHeaders":null,"#,
            #""headers":{"Authorization":"Bearer G","authorization":null},"multiValueHeaders":{},"#,
        ]
    )
    func one_value_in_any_shape_is_one(_ headers: String) {
        let event = SampleEvent.request(headers: headers.replacing("G", with: good))
        #expect(world.reason(event) == .allowed)
    }

    @Test(
        arguments: [
            #""headers":{"Authorization":"Bearer G"},"multiValueHeaders":{"Authorization":["Bearer B","Bearer G"]},"#,
            #""headers":{"Authorization":"Bearer G","authorization":"Bearer B"},"#,
            #""headers":{"Authorization":"Bearer G","authorization":"Bearer G"},"#,
            #""headers":{"Authorization":"Bearer G"},"multiValueHeaders":{"authorization":["Bearer B"]},"#,
            #""headers":{},"multiValueHeaders":{"Authorization":["Bearer G"],"AUTHORIZATION":["Bearer B"]},"#,
            #""headers":{"Authorization":"Bearer G"},"authorizationToken":"Bearer B","#,
        ]
    )
    func two_values_are_repeated_whatever_they_are(_ headers: String) {
        let text = headers.replacing("Bearer G", with: "Bearer \(good)").replacing("Bearer B", with: "Bearer \(other)")
        #expect(world.reason(SampleEvent.request(headers: text)) == .tokenRepeated)
    }

    @Test func a_value_of_another_type_is_malformed() {
        for value in ["7", "{}", "[\"Bearer \(good)\"]", "true"] {
            #expect(
                world.reason(SampleEvent.request(headers: "\"headers\":{\"Authorization\":\(value)},"))
                    == .tokenMalformed
            )
        }
        let list = "\"headers\":null,\"multiValueHeaders\":{\"Authorization\":\"Bearer \(good)\"},"
        #expect(world.reason(SampleEvent.request(headers: list)) == .tokenMalformed)
    }

    @Test func a_token_event_is_not_looked_for_in_another_place() {
        let event = SampleEvent.request(extra: ",\"authorizationToken\":\"Bearer \(good)\"")
        #expect(world.reason(event) == .tokenMissing)
    }

    @Test func joined_values_of_format_2_are_repeated() {
        func reason(_ value: String) -> Reason? {
            world.reason(SampleEvent.http(headers: "{\"authorization\":\"\(value)\"}"))
        }
        #expect(reason("Bearer \(good)") == .allowed)
        #expect(reason("Bearer \(good),Bearer \(other)") == .tokenRepeated)
        #expect(reason("Bearer \(good),Bearer \(good)") == .tokenRepeated)
        #expect(reason("Basic YTpi,Bearer \(good)") == .tokenRepeated)
        #expect(reason("Basic YTpi, bearer \(good)") == .tokenRepeated)
        #expect(reason("Digest username=x, realm=y") == .tokenMissing)
    }

    @Test func an_identity_source_that_is_another_token_is_one_too_many() {
        let event = SampleEvent.http(headers: "{\"authorization\":\"Bearer \(good)\"}")
        func reason(_ source: String) -> Reason? {
            world.reason(event.replacing("\"identitySource\":null", with: "\"identitySource\":\(source)"))
        }
        #expect(reason("[\"user1\",\"bearer \(good)\"]") == .allowed)
        #expect(reason("\"Bearer \(good),x\"") == .allowed)
        #expect(reason("[\"Bearer \(other)\"]") == .tokenRepeated)
        #expect(reason("\"x,Bearer \(other)\"") == .tokenRepeated)
    }

    @Test func a_bare_header_and_a_cookie_are_places_of_their_own() {
        var world = GatewayWorld(credentials: [.header("x-token")])
        #expect(world.reason(SampleEvent.request(headers: "\"headers\":{\"X-Token\":\"\(good)\"},")) == .allowed)
        #expect(world.reason(SampleEvent.token(good)) == .allowed)
        #expect(world.reason(SampleEvent.http(headers: "{\"x-token\":\"\(good),\(good)\"}")) == .tokenRepeated)
        #expect(world.reason(SampleEvent.request(headers: SampleEvent.bearer(good))) == .tokenMissing)
        world = GatewayWorld(credentials: [.cookie("session")])
        let pair = "session=\(good)"
        #expect(world.reason(SampleEvent.http(cookies: "[\"a=b\",\"\(pair)\"]")) == .allowed)
        #expect(world.reason(SampleEvent.http(cookies: "[\"\(pair)\",\"\(pair)\"]")) == .tokenRepeated)
        #expect(world.reason(SampleEvent.http(headers: "{\"cookie\":\"a=b; \(pair)\"}")) == .allowed)
        let both = SampleEvent.http(headers: "{\"cookie\":\"\(pair)\"}", cookies: "[\"session=\(other)\"]")
        #expect(world.reason(both) == .tokenRepeated)
        #expect(world.reason(SampleEvent.request(headers: "\"headers\":{\"Cookie\":\"\(pair)\"},")) == .allowed)
        #expect(world.reason(SampleEvent.http(cookies: "[7]")) == .tokenMalformed)
    }

    @Test func two_places_with_a_token_each_are_repeated() {
        let world = GatewayWorld(credentials: [.authorization, .header("x-token")])
        let headers = "\"headers\":{\"Authorization\":\"Bearer \(good)\",\"X-Token\":\"\(other)\"},"
        #expect(world.reason(SampleEvent.request(headers: headers)) == .tokenRepeated)
    }
}

import APIGateway
import Authorization
import Testing

/// Which request an event names, and events that name two.
@Suite struct EventShapeTests {
    private let world = GatewayWorld()
    private let good = SampleEvent.bearer(Tokens.good)
    private let goodMap = "{\"authorization\":\"Bearer \(Tokens.good)\"}"

    @Test func what_is_no_json_object_is_an_error() {
        for text in ["", " ", "[]", "null", "{", "{\"type\":\"TOKEN\",\"type\":\"TOKEN\"}", "\u{FEFF}{}"] {
            #expect(world.outcome(text).answer == .failure && world.outcome(text).decision == nil, "\(text)")
        }
    }

    @Test(
        arguments: [
            "{}", #"{"type":"OTHER"}"#, #"{"type":7}"#, #"{"version":"3.0","type":"REQUEST"}"#,
            #"{"version":2.0,"type":"REQUEST"}"#, #"{"version":"2.0"}"#, #"{"version":"1.0","type":"TOKEN"}"#,
            #"{"authorizationToken":"x","methodArn":"arn:aws:execute-api:r:1:a/s/GET/"}"#,
        ]
    )
    func an_event_of_no_known_kind_is_denied_in_either_form(_ text: String) throws {
        #expect(world.outcome(text).kind == nil)
        let response = try world.response(text)
        #expect(response.isAuthorized == false && response.allowed.isEmpty && response.denied == ["*"])
        #expect(response.context["reason"] == "metadata_missing")
    }

    @Test func an_arn_that_is_none_is_denied_for_everything() throws {
        for arn in ["x", "", "arn:aws:execute-api:r:1:a/*x/GET/"] {
            let event = SampleEvent.token("Bearer \(Tokens.good)").replacing(
                SampleEvent.arnPrefix + "GET/hello",
                with: arn
            )
            let response = try world.response(event)
            #expect(response.denied == ["*"] && response.allowed.isEmpty)
        }
    }

    @Test func methods_that_contradict_each_other_are_refused() {
        let event = SampleEvent.request(headers: good)
        #expect(world.reason(event) == .allowed)
        #expect(world.reason(SampleEvent.request(headers: good, rest: "POST/hello")) == .metadataMissing)
        let inContext = event.replacing("\"stage\":\"prod\",\"httpMethod\":\"GET\"", with: "\"httpMethod\":\"POST\"")
        #expect(world.reason(inContext) == .metadataMissing)
        #expect(
            world.reason(event.replacing("\"httpMethod\":\"GET\",\"headers\"", with: "\"headers\"")) == .metadataMissing
        )
        #expect(world.reason(SampleEvent.http(headers: goodMap, routeKey: "POST /hello")) == .metadataMissing)
        #expect(world.reason(SampleEvent.http(headers: goodMap, routeKey: "ANY /{proxy+}")) == .allowed)
    }

    @Test func paths_that_contradict_each_other_are_refused() {
        func reason(_ path: String, rest: String, context: String = "") -> Reason? {
            world.reason(SampleEvent.request(path: path, headers: good, rest: rest, context: context))
        }
        #expect(reason("/hello", rest: "GET/admin") == .pathAmbiguous)
        #expect(reason("/x/hello", rest: "GET/hello") == .pathAmbiguous)
        #expect(reason("/hello", rest: "GET/hello", context: ",\"path\":\"/admin\"") == .pathAmbiguous)
        #expect(reason("/hello", rest: "GET/hello", context: ",\"path\":\"/prod/hello\"") == .allowed)
        #expect(reason("/hello", rest: "GET/hello", context: ",\"path\":7") == .pathAmbiguous)
        #expect(reason("/prod/hello", rest: "GET/hello", context: ",\"path\":\"/prod/hello\"") == .allowed)
    }

    @Test func a_custom_domain_s_base_path_is_no_part_of_the_path() {
        let world = GatewayWorld(rules: [GatewayWorld.rule("/hello")])
        func reason(_ domain: String, _ path: String) -> Reason? {
            let context = ",\"domainName\":\"\(domain)\",\"path\":\"\(path)\""
            return world.reason(SampleEvent.request(path: path, headers: good, rest: "GET/hello", context: context))
        }
        #expect(reason("api.example", "/v1/hello") == .allowed)
        #expect(reason("api.example", "/v1/h%65llo") == .allowed)
        #expect(reason("api.example", "/v1hello") == .pathAmbiguous)
        #expect(reason("abc.execute-api.eu-west-1.amazonaws.com", "/v1/hello") == .pathAmbiguous)
    }

    @Test func what_the_client_sent_is_decided_on_however_the_arn_is_spelled() {
        #expect(world.reason(SampleEvent.request(path: "/a%20b", headers: good, rest: "GET/a b")) == .allowed)
        #expect(world.reason(SampleEvent.request(path: "/a b", headers: good, rest: "GET/a%20b")) == .allowed)
        #expect(world.reason(SampleEvent.request(path: "/a/b", headers: good, rest: "GET/a%2fb")) == .pathAmbiguous)
        #expect(world.reason(SampleEvent.request(path: "/%61%2Fb", headers: good, rest: "GET/a%2fb")) == .pathAmbiguous)
        #expect(world.reason(SampleEvent.request(path: "/a%2Fb", headers: good, rest: "GET/a/b")) == .pathAmbiguous)
        #expect(world.reason(SampleEvent.request(path: "/%61b", headers: good, rest: "GET/ab")) == .allowed)
    }

    @Test func the_stage_is_no_part_of_the_path_of_an_http_api() {
        let world = GatewayWorld(rules: [GatewayWorld.rule("/hello")])
        func reason(_ path: String, rest: String = "GET/hello", stage: String = "prod") -> Reason? {
            world.reason(SampleEvent.http(path: path, headers: goodMap, rest: rest, stage: stage))
        }
        #expect(reason("/prod/hello") == .allowed)
        #expect(reason("/hello") == .allowed)
        #expect(reason("/hello", stage: "$default") == .allowed)
        #expect(reason("/prodhello") == .noRule)
        // The ARN says what the API routes.
        #expect(reason("/prod/hello", rest: "GET/prod/hello") == .noRule)
        #expect(reason("/prod/prod/hello") == .noRule)
    }

    @Test func an_arn_that_names_another_request_must_be_allowed_as_well() throws {
        let world = GatewayWorld(
            rules: [GatewayWorld.rule("/**"), GatewayWorld.rule("/admin", .deny)]
        )
        #expect(world.reason(SampleEvent.http(path: "/a", headers: goodMap, rest: "GET/admin")) == .ruleDenies)
        #expect(world.reason(SampleEvent.http(path: "/admin", headers: goodMap, rest: "GET/a")) == .ruleDenies)
        let response = try world.response(SampleEvent.http(path: "/a", headers: goodMap, rest: "POST/b"))
        #expect(response.allowed == [SampleEvent.arnPrefix + "POST/b"] && response.isAuthorized == true)
    }

    @Test func only_connect_of_a_web_socket_is_authorized() throws {
        let event = SampleEvent.webSocket(headers: good)
        #expect(try world.response(event).allows(SampleEvent.arnPrefix + "$connect"))
        #expect(world.reason(SampleEvent.webSocket(headers: good, routeKey: "$default")) == .metadataMissing)
        #expect(world.reason(SampleEvent.webSocket(headers: good, rest: "GET/x")) == .metadataMissing)
        #expect(world.reason(event.replacing("\"CONNECT\"", with: "\"MESSAGE\"")) == .metadataMissing)
        let named = GatewayWorld(rules: [GatewayWorld.rule("/$connect", methods: ["GET"])])
        #expect(try named.response(event).allowed == [SampleEvent.arnPrefix + "$connect"])
        let unnamed = GatewayWorld(rules: [GatewayWorld.rule("/hello")])
        #expect(unnamed.reason(event) == .noRule)
    }

    @Test func rules_with_hosts_use_the_domain_that_api_gateway_names() {
        let world = GatewayWorld(rules: [GatewayWorld.rule("/hello", host: "api.example")])
        func reason(_ headers: String, _ context: String = "") -> Reason? {
            world.reason(SampleEvent.request(headers: headers, context: context))
        }
        let withHost = "\"headers\":{\"Authorization\":\"Bearer \(Tokens.good)\",\"Host\":\"api.example\"},"
        #expect(reason(withHost) == .allowed)
        #expect(reason(good) == .metadataMissing)
        #expect(reason(good, ",\"domainName\":\"api.example\"") == .allowed)
        #expect(reason(withHost, ",\"domainName\":\"other.example\"") == .noRule)
        #expect(world.reason(SampleEvent.token("Bearer \(Tokens.good)")) == .metadataMissing)
    }
}

import APIGateway
import Authorization
import Testing

/// What an Allow covers.
@Suite struct PolicyCoverageTests {
    private let prefix = SampleEvent.arnPrefix

    private func response(_ rules: [Rule], _ rest: String) throws -> Response {
        try GatewayWorld(rules: rules).response(SampleEvent.token("Bearer \(Tokens.good)", rest))
    }

    private func allows(_ response: Response, _ rest: String) -> Bool { response.allows(prefix + rest) }

    @Test func a_literal_rule_is_its_path_under_its_methods() throws {
        let response = try response([GatewayWorld.rule("/hello", methods: ["GET", "HEAD"])], "GET/hello")
        #expect(response.allowed == [prefix + "GET/hello", prefix + "HEAD/hello"] && response.denied.isEmpty)
    }

    @Test func a_rule_for_all_below_is_the_path_and_all_below() throws {
        let response = try response([GatewayWorld.rule("/hello/**", methods: ["GET"])], "GET/hello/a")
        for rest in ["GET/hello", "GET/hello/", "GET/hello/a/b", "GET/hello/B"] { #expect(allows(response, rest)) }
        for rest in [
            "POST/hello", "GET/hellox", "GET/admin", "GET/hello//a", "GET/hello/../x", "GET/hello/a;b",
            "GET/hello/%2e%2e/x", "GET/hello/a.", "GET/x/hello/a",
        ] {
            #expect(!allows(response, rest), "\(rest)")
        }
    }

    @Test func one_segment_of_any_text_is_one_segment() throws {
        let response = try response([GatewayWorld.rule("/users/*/orders", methods: ["GET"])], "GET/users/7/orders")
        #expect(allows(response, "GET/users/8/orders"))
        for rest in ["GET/users/8/9/orders", "GET/users//orders", "GET/users/8/orders/", "GET/users/8/orders/1"] {
            #expect(!allows(response, rest), "\(rest)")
        }
    }

    @Test func another_rule_within_is_cut_out_in_every_spelling() throws {
        let rules = [
            GatewayWorld.rule("/hello/**", methods: ["GET"]), GatewayWorld.rule("/hello/admin/**", .deny),
            GatewayWorld.rule("/hello/x", methods: ["GET"], .require(Requirement(scopes: ["write"]))),
        ]
        let response = try response(rules, "GET/hello/a")
        for rest in ["GET/hello/b", "GET/hello/administrator", "GET/hello/a/x", "GET/hello/x/y"] {
            #expect(allows(response, rest), "\(rest)")
        }
        for rest in [
            "GET/hello/admin", "GET/hello/admin/a", "GET/hello/ADMIN", "GET/hello/aDmin/b", "GET/hello/x",
            "GET/hello/x/", "GET/hello/X",
        ] {
            #expect(!allows(response, rest), "\(rest)")
        }
    }

    @Test func a_rule_that_cannot_be_put_exactly_names_the_request_alone() throws {
        let rule = GatewayWorld.rule("/a/**", methods: ["GET"])
        let others = [
            GatewayWorld.rule("/a/*/b", .deny), GatewayWorld.rule("/A/c"), GatewayWorld.rule("/z", host: "api.example"),
        ]
        for other in others.prefix(2) {
            #expect(try response([rule, other], "GET/a/x").allowed == [prefix + "GET/a/x"])
        }
        let star = GatewayWorld.rule("/a/*/**", methods: ["GET"])
        #expect(try response([star], "GET/a/x").allowed == [prefix + "GET/a/x"])
        let hosts = GatewayWorld(rules: [rule, others[2]])
        let event = SampleEvent.request(
            path: "/a/x",
            headers: SampleEvent.bearer(Tokens.good),
            context: ",\"domainName\":\"other.example\""
        )
        #expect(try hosts.response(event).allowed == [prefix + "GET/a/x"])
    }

    @Test func wildcards_in_a_path_never_reach_a_policy() throws {
        let literal = GatewayWorld.rule("/a/*", methods: ["GET"])
        let within = [literal, GatewayWorld.rule("/a/*/c", .deny), GatewayWorld.rule("/A")]
        for rest in ["GET/a/*", "GET/a/x*", "GET/a/${aws:username}"] {
            // Nothing but the request itself could be named, and it cannot.
            let response = try response(within, rest)
            #expect(response.allowed.isEmpty && response.denied == ["*"], "\(rest)")
            #expect(response.context["reason"] == "path_ambiguous")
        }
        let response = try response([literal], "GET/a/*")
        #expect(allows(response, "GET/a/b") && !allows(response, "GET/a/b/c") && !allows(response, "GET/b"))
        #expect(try self.response([GatewayWorld.rule("/**")], "GET/a?b").allowed.isEmpty == false)
    }

    @Test func a_stage_of_all_stages_names_the_request_alone() throws {
        let event = SampleEvent.token("Bearer \(Tokens.good)").replacing("/prod/", with: "/*/")
        let response = try GatewayWorld().response(event)
        #expect(response.allowed == ["arn:aws:execute-api:eu-west-1:123456789012:abc123/*/GET/hello"])
    }

    @Test func a_resource_has_at_most_512_characters() throws {
        let room = 512 - prefix.utf8.count - 5
        let fitting = "GET/x" + String(repeating: "a", count: room)
        let rules = [GatewayWorld.rule("/*", methods: ["GET"]), GatewayWorld.rule("/B")]
        #expect(try response(rules, fitting).allowed == [prefix + fitting])
        #expect(try response(rules, fitting + "a").allowed.isEmpty)
        // What the rule says is shorter.
        #expect(try response([rules[0]], fitting + "a").allows(prefix + fitting + "a"))
    }

    @Test func another_spelling_of_an_allowed_path_is_allowed() throws {
        let response = try response([GatewayWorld.rule("/hello", methods: ["GET"])], "GET/h%65llo")
        #expect(response.allowed == [prefix + "GET/hello", prefix + "GET/h%65llo"])
    }

    @Test func a_rule_for_every_method_leaves_out_those_of_its_twin() throws {
        let rules = [GatewayWorld.rule("/a"), GatewayWorld.rule("/a", methods: ["POST"], .deny)]
        let response = try response(rules, "GET/a")
        #expect(allows(response, "PUT/a") && !allows(response, "POST/a"))
    }
}

import Authorization
import Testing

/// Which rule speaks of a request, seen through `decide`: anonymous rules, told apart by their index.
@Suite struct RuleTableTests {
    private func world(_ rules: [Rule]) -> World { World(rules: rules) }

    private func rules(_ paths: String...) -> World { World(rules: paths.map { World.rule($0, .anonymous) }) }

    /// The pattern of the rule that decides, or the reason where none does.
    private func winner(
        _ world: World,
        _ target: String,
        host: String? = "api.example",
        method: String = "GET"
    ) -> String {
        let decision = world.decide(TestRequest(target, method: method, host: host))
        return decision.rule.map { world.policy.rules[$0].name } ?? decision.reason.rawValue
    }

    @Test func a_literal_beats_a_star_and_a_star_beats_what_lies_below() {
        let world = rules("/**", "/a/**", "/a/*", "/a/b", "/*/b", "/*/b/c", "/a/b/**", "/a/*/c")
        for (target, expected) in [
            ("/", "/**"), ("/z", "/**"), ("/z/y", "/**"), ("/a", "/a/**"), ("/a/z", "/a/*"), ("/a/z/y", "/a/**"),
            ("/a/b", "/a/b"),
            ("/z/b", "/*/b"), ("/z/b/c", "/*/b/c"), ("/a/b/c", "/a/b/**"), ("/a/z/c", "/a/*/c"),
            ("/a/b/x/y", "/a/b/**"),
        ] {
            #expect(winner(world, target) == expected, "\(target)")
        }
    }

    @Test func the_order_of_the_file_does_not_matter() {
        var names = ["/**", "/a/**", "/a/*", "/a/b", "/*/b"]
        for _ in 0..<names.count {
            names.append(names.removeFirst())
            let world = World(rules: names.map { World.rule($0, .anonymous) })
            #expect(winner(world, "/a/b") == "/a/b")
            #expect(winner(world, "/a/c") == "/a/*")
            #expect(winner(world, "/c/b") == "/*/b")
            #expect(winner(world, "/a") == "/a/**")
        }
    }

    @Test func what_lies_below_includes_the_path_itself_but_no_longer_name() {
        let world = rules("/a/**")
        for target in ["/a", "/a/", "/a/b", "/a/b/c/d"] { #expect(winner(world, target) == "/a/**", "\(target)") }
        for target in ["/", "/ab", "/a.b", "/b/a", "/a%3Ab"] {
            #expect(winner(world, target) == "no_rule", "\(target)")
        }
    }

    @Test func a_star_is_one_segment_that_is_not_empty() {
        let world = rules("/*", "/x/*/y")
        #expect(winner(world, "/a") == "/*")
        #expect(winner(world, "/") == "no_rule")
        #expect(winner(world, "/a/b") == "no_rule")
        #expect(winner(world, "/x/a/y") == "/x/*/y")
        #expect(winner(world, "/x/a/b/y") == "no_rule")
        #expect(winner(world, "/x/") != "/x/*/y")
    }

    @Test func a_dead_end_goes_back_to_the_wider_way() {
        let world = rules("/a/b/c/d", "/a/*/c/e", "/*/b/**")
        #expect(winner(world, "/a/b/c/d") == "/a/b/c/d")
        #expect(winner(world, "/a/b/c/e") == "/a/*/c/e")
        #expect(winner(world, "/a/b/c/f") == "/*/b/**")
        #expect(winner(world, "/a/x/c/f") == "no_rule")
    }

    @Test func encoded_and_plain_spellings_find_the_same_rule() {
        let world = rules("/admin", "/caf\u{E9}", "/a b")
        #expect(winner(world, "/%61dm%69n") == "/admin")
        #expect(winner(world, "/caf%C3%A9") == "/caf\u{E9}")
        #expect(winner(world, "/a%20b") == "/a b")
        // Not the same characters: e with a combining accent.
        #expect(winner(world, "/cafe%CC%81") == "no_rule")
    }

    @Test func the_path_decides_before_the_host() {
        let world = World(rules: [
            World.rule("/a/**", name: "host", host: "api.example", .anonymous),
            World.rule("/a/b", name: "path", .anonymous),
        ])
        #expect(winner(world, "/a/b") == "path")
        #expect(winner(world, "/a/c") == "host")
        #expect(winner(world, "/a/c", host: "other.example") == "no_rule")
    }

    @Test func an_exact_host_beats_a_suffix_and_a_longer_suffix_a_shorter_one() {
        let names = ["api.v1.example.com", "*.v1.example.com", "*.example.com", "*.com", nil]
        let world = World(rules: names.map { World.rule("/x", name: $0 ?? "any", host: $0, .anonymous) })
        for (host, expected) in [
            ("api.v1.example.com", "api.v1.example.com"), ("b.v1.example.com", "*.v1.example.com"),
            ("v1.example.com", "*.example.com"), ("a.b.example.com", "*.example.com"), ("example.com", "*.com"),
            ("com", "any"), ("a.org", "any"), ("API.V1.example.COM.:8080", "api.v1.example.com"),
            ("xv1.example.com", "*.example.com"), ("evilexample.com", "*.com"), ("[::1]", "any"),
        ] {
            #expect(winner(world, "/x", host: host) == expected, "\(host)")
        }
    }

    @Test func a_rule_of_another_host_leaves_the_way_to_a_wider_path() {
        let world = World(rules: [
            World.rule("/a/b", name: "narrow", host: "one.example", .anonymous),
            World.rule("/a/**", name: "wide", .anonymous),
        ])
        #expect(winner(world, "/a/b", host: "one.example") == "narrow")
        #expect(winner(world, "/a/b", host: "two.example") == "wide")
    }

    @Test func without_a_host_nothing_is_decided_where_rules_name_hosts() {
        let named = World(rules: [World.rule("/a", host: "api.example", .anonymous), World.rule("/b", .anonymous)])
        #expect(winner(named, "/b", host: nil) == "metadata_missing")
        #expect(winner(rules("/b"), "/b", host: nil) == "/b")
        #expect(winner(rules("/b"), "/b", host: "a b") == "host_invalid")
        #expect(winner(rules("/b"), "/b", host: "") == "host_invalid")
    }

    @Test func methods_are_exact_and_never_fall_to_a_wider_rule() {
        let world = World(rules: [
            World.rule("/a", name: "read", methods: ["GET", "HEAD"], .anonymous),
            World.rule("/a", name: "write", methods: ["POST"], .anonymous), World.rule("/**", name: "wide", .anonymous),
        ])
        #expect(winner(world, "/a", method: "GET") == "read")
        #expect(winner(world, "/a", method: "HEAD") == "read")
        #expect(winner(world, "/a", method: "POST") == "write")
        for method in ["get", "Get", "DELETE", "", "GETX", "GE", "OPTIONS", "GET ", "POST\u{0}"] {
            #expect(winner(world, "/a", method: method) == "method_not_allowed", "\(method)")
        }
        #expect(winner(world, "/b", method: "DELETE") == "wide")
    }

    @Test func a_rule_without_methods_takes_those_that_no_other_names() {
        let world = World(rules: [
            World.rule("/a", name: "rest", .anonymous), World.rule("/a", name: "get", methods: ["GET"], .anonymous),
        ])
        #expect(winner(world, "/a", method: "GET") == "get")
        #expect(winner(world, "/a", method: "BREW") == "rest")
    }

    @Test func the_methods_of_a_path_are_told_for_the_allow_field() {
        let world = World(rules: [
            World.rule("/a", methods: ["GET", "HEAD"], .anonymous), World.rule("/a", methods: ["POST"], .anonymous),
            World.rule("/a", host: "other.example", methods: ["PUT"], .anonymous), World.rule("/**", .anonymous),
        ])
        var authorizer = world.authorizer()
        #expect(authorizer.decide(TestRequest("/a", method: "DELETE")).reason == .methodNotAllowed)
        #expect(authorizer.allowedMethods() == ["GET", "HEAD", "POST"])
        #expect(authorizer.decide(TestRequest("/a", method: "GET", host: "other.example")).reason == .methodNotAllowed)
        #expect(authorizer.allowedMethods() == ["PUT"])
        #expect(authorizer.decide(TestRequest("/b", method: "GET")).reason == .allowed)
        #expect(authorizer.allowedMethods() == [])
    }

    // A server that ignores a trailing slash or letter case would serve what another rule guards.
    @Test func a_trailing_slash_that_leads_to_another_rule_is_ambiguous() {
        let world = rules("/**", "/admin", "/docs/", "/both", "/both/", "/deep/**")
        #expect(winner(world, "/admin") == "/admin")
        #expect(winner(world, "/admin/") == "path_ambiguous")
        #expect(winner(world, "/docs/") == "/docs/")
        #expect(winner(world, "/both") == "/both")
        #expect(winner(world, "/both/") == "/both/")
        #expect(winner(world, "/deep/") == "/deep/**")
        #expect(winner(world, "/other/") == "/**")
        #expect(winner(rules("/admin"), "/admin/") == "no_rule")
        // The other way round: the rule has the slash and the request has not.
        #expect(winner(rules("/**", "/docs/"), "/docs") == "path_ambiguous")
        #expect(winner(rules("/*", "/docs/"), "/docs") == "path_ambiguous")
        #expect(winner(rules("/docs/"), "/docs") == "no_rule")
    }

    @Test func letter_case_that_leads_to_another_rule_is_ambiguous() {
        let world = rules("/**", "/admin/**", "/API/v1")
        #expect(winner(world, "/admin/x") == "/admin/**")
        for target in ["/ADMIN", "/Admin/x", "/aDmin/", "/%41dmin", "/ADMIN/%41"] {
            #expect(winner(world, target) == "path_ambiguous", "\(target)")
        }
        #expect(winner(world, "/API/v1") == "/API/v1")
        #expect(winner(world, "/api/v1") == "path_ambiguous")
        #expect(winner(world, "/Other") == "/**")
        #expect(winner(world, "/admin/X") == "/admin/**")
        #expect(winner(rules("/admin/**"), "/ADMIN") == "no_rule")
        // Where no pattern has an upper-case letter, a request's own is enough.
        let lower = rules("/**", "/admin/**")
        #expect(winner(lower, "/Admin") == "path_ambiguous")
        #expect(winner(lower, "/x/ADMIN") == "/**")
    }
}

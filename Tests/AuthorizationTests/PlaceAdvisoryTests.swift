import Authorization
import Testing

/// How others were led to the wrong rule. The advisories stand in `docs/advisories.md`.
@Suite struct PlaceAdvisoryTests {
    /// What a request without a token is decided as; `allowed` only where the rule found is the anonymous one.
    private func reason(_ world: World, _ target: String, host: String? = "api.example") -> Reason {
        world.decide(TestRequest(target, host: host)).reason
    }

    @Test(arguments: [
        "/x?/public", "/x?/public/", "/x?a=/public/b", "/x?p=/../public/", "/?/public/a", "/x??/public/",
        "/x?%2fpublic%2f",
        "/x?;/public/", "/x?&/public/", "/x?#".replacing("#", with: "%23/public/"),
    ])
    func the_query_takes_no_part_in_the_choice_of_a_rule(target: String) {
        let world = World(rules: [World.rule("/public/**", .anonymous), World.rule("/**")])
        #expect(reason(world, "/public/a?x=/private") == .allowed)
        #expect(reason(world, target) == .tokenMissing)
    }

    @Test func an_exact_path_is_guarded_whatever_query_follows() {
        let world = World(rules: [World.rule("/admin"), World.rule("/**", .anonymous)])
        for query in ["", "?", "?x", "??", "?/", "?admin", "?x=%00", "?a=b&c=d", "?..", "?%"] {
            #expect(reason(world, "/admin\(query)") == .tokenMissing, "\(query)")
        }
        #expect(reason(world, "/other?/admin") == .allowed)
    }

    // CVE-2026-39350: `.` in a pattern is a dot, and nothing in it is an operator.
    @Test func a_pattern_is_text_and_no_regular_expression() {
        let world = World(rules: [
            World.rule("/v1.0/.+x", name: "dots", host: "api.example", .anonymous),
            World.rule("/a+b/[c]/(d|e)$", name: "marks", .anonymous), World.rule("/^f{2}", name: "more", .anonymous),
        ])
        #expect(reason(world, "/v1.0/.+x") == .allowed)
        #expect(reason(world, "/a+b/%5Bc%5D/(d%7Ce)$") == .allowed)
        #expect(reason(world, "/%5Ef%7B2%7D") == .allowed)
        for target in [
            "/v1x0/.+x", "/v1.0/abcx", "/v1.0/.x", "/v1.0/x", "/aab/%5Bc%5D/d", "/ab/c/d", "/a+b/c/d", "/ff", "/f",
        ] {
            #expect(reason(world, target) == .noRule, "\(target)")
        }
        for host in ["apixexample", "api-example", "api.examplE.evil", "xapi.example"] {
            #expect(reason(world, "/v1.0/.+x", host: host) == .noRule, "\(host)")
        }
    }

    // CVE-2026-27588: the way hosts are looked up must not depend on how many there are.
    @Test(arguments: [1, 2, 16, 101, 3000])
    func a_host_is_found_in_any_case_among_any_number_of_hosts(count: Int) {
        var rules = (0..<count).map { World.rule("/**", name: "h\($0)", host: "host-\($0).example") }
        rules.append(World.rule("/**", name: "rest", .anonymous))
        let world = World(rules: rules)
        for number in Set([0, count / 2, count - 1]) {
            for host in [
                "host-\(number).example", "HOST-\(number).EXAMPLE", "Host-\(number).example.",
                "hOsT-\(number).eXample.:443",
            ] {
                #expect(reason(world, "/", host: host) == .tokenMissing, "\(host)")
            }
        }
        #expect(reason(world, "/", host: "host.example") == .allowed)
    }

    // A gateway between authd and the client must not have the last word on what is one segment.
    @Test func an_escaped_separator_is_neither_a_separator_nor_a_letter() {
        let world = World(rules: [World.rule("/files/*", .anonymous), World.rule("/files/*/admin"), World.rule("/**")])
        for target in [
            "/files/x%2fadmin", "/files/x%2Fadmin", "/files/x%5cadmin", "/files/x%5Cadmin", "/files/%2e%2e%2fadmin",
            "/files/x%252fadmin", "/files/x;/admin", "/files/x%3b/admin", "/files/x%3Ba=b", "/files/x%00",
            "/files//admin",
            "/files/x%c0%afadmin", "/files/x#/admin", "/files/x%23/admin", "/files/x\\admin",
        ] {
            #expect(reason(world, target) == .pathAmbiguous, "\(target)")
        }
    }
}

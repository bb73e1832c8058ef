import Configuration
import Testing

@Suite struct ErrorPlaceTests {
    @Test func the_small_sample_is_right() throws {
        #expect(Sample.errors(Sample.small) == [])
        #expect(try Sample.warnings(Sample.small) == [])
    }

    @Test(arguments: [
        Slip(
            "algorithms: [HS256]",
            "algorithms: [HS256]\n    algoritms: [HS256]",
            "9:5: issuers[0].algoritms",
            "unknown key; did you mean \"algorithms\"?"
        ),
        Slip(adding: "listners: 1", "14:1: listners", "unknown key; did you mean \"listeners\"?"),
        Slip(
            "match: { path",
            "match: { paht: /x, path",
            "12:14: rules[0].match.paht",
            "unknown key; did you mean \"path\"?"
        ),
        Slip(
            "match: { path",
            "match: { query: x, path",
            "12:14: rules[0].match.query",
            "unknown key; known here: host, path, methods"
        ),
        Slip(adding: "log: { Format: text }", "14:8: log.Format", "unknown key; did you mean \"format\"?"),
        Slip(
            adding: "limits: { upstream-connections: 3 }",
            "14:11: limits.upstream-connections",
            "unknown key; did you mean \"upstream_connections\"?"
        ),
        Slip(
            adding: "\"a\\nb\\e[0m\": 1",
            "14:1: [\"a?b?[0m\"]",
            "unknown key; known here: allow_remote, listeners, issuers, rules, identity_headers, limits, "
                + "upstreams, revocations, assertion, log, hardening, event_loops, realm"
        ),
        Slip("name: main\n    ", "", "5:5: issuers[0]", "\"name\" is missing"),
        Slip("name: main", "name:", "5:10: issuers[0].name", "has no value; it must be a text; or remove the key"),
        Slip("name: main", "name: [main]", "5:11: issuers[0].name", "must be a text, not a list"),
        Slip("name: main", "name: \"\"", "5:11: issuers[0].name", "must not be empty"),
        Slip("name: main", "name: \"a\\tb\"", "5:11: issuers[0].name", "must not contain control characters"),
        Slip(
            "audiences: [api]",
            "audiences: api",
            "7:16: issuers[0].audiences",
            "must be a list; one value is a list too: [value]"
        ),
        Slip(
            "audiences: [api]",
            "audiences: [api, api]",
            "7:22: issuers[0].audiences[1]",
            "stands twice; first at issuers[0].audiences[0]"
        ),
        Slip("keys: { file: secret }", "keys: secret", "9:11: issuers[0].keys", "must be a mapping of keys to values"),
        Slip(adding: "log: [text]", "14:6: log", "must be a mapping of keys to values, not a list"),
        Slip(
            adding: "log: { format: jsn }",
            "14:16: log.format",
            "must be one of auto, text, json, journal; did you mean \"json\"?"
        ),
        Slip(adding: "log: { decisions: 1 }", "14:19: log.decisions", "must be one of all, denied, none"),
        Slip(adding: "allow_remote: yes", "14:15: allow_remote", "must be true or false; did you mean \"true\"?"),
        Slip(adding: "allow_remote: \"false\"", "14:15: allow_remote", "must be true or false; without quotes"),
        Slip(adding: "allow_remote: False", "14:15: allow_remote", "must be true or false; in lower case"),
        Slip(adding: "event_loops: 0", "14:14: event_loops", "must be a whole number from 1 to 64"),
        Slip(adding: "event_loops: 65", "14:14: event_loops", "must be a whole number from 1 to 64"),
        Slip(adding: "event_loops: \"2\"", "14:14: event_loops", "must be a whole number from 1 to 64; without quotes"),
        Slip(
            adding: "event_loops: 02",
            "14:14: event_loops",
            "must be a whole number from 1 to 64; a leading zero means octal to some readers; remove it"
        ),
        Slip(adding: "event_loops: 99999999999999999999", "14:14: event_loops", "must be a whole number from 1 to 64"),
        Slip(adding: "event_loops: 2.0", "14:14: event_loops", "must be a whole number from 1 to 64"),
        Slip(adding: "realm: 'a\"b'", "14:8: realm", "must be printable ASCII without quotes and backslashes"),
        Slip(adding: "realm: 'a\\b'", "14:8: realm", "must be printable ASCII without quotes and backslashes"),
        Slip(adding: "realm: größe", "14:8: realm", "must be printable ASCII without quotes and backslashes"),
        Slip(adding: "revocations: {}", "14:14: revocations", "\"file\" is missing"),
    ])
    func a_slip_is_named_with_line_column_path_and_help(_ slip: Slip) {
        #expect(Sample.errors(slip.yaml) == [slip.message])
    }

    @Test func a_root_that_is_no_mapping_is_refused() {
        #expect(Sample.errors("- a\n") == ["authd.yaml:1:1: must be a mapping of keys to values, not a list"])
        #expect(Sample.errors("hello\n") == ["authd.yaml:1:1: must be a mapping of keys to values"])
    }

    @Test func several_errors_are_found_in_one_pass_and_stand_in_the_order_of_the_file() throws {
        let yaml = """
            listeners:
              decision:
                - tcp: 0.0.0.0:9180
            issuers:
              - name: main
                algorithms: [none]
                keys: { file: a, directory: b }
                leeway: 30
            rules:
              - name: hello
                match: { path: hello }
                require: { issuer: mian }
              - nam: x
            """
        let places = ConfigurationReader.read(try Sample.node(yaml)).errors.map { "\($0.place.line) \($0.path)" }
        #expect(
            places == [
                "3 listeners.decision[0].tcp", "6 issuers[0].algorithms[0]", "7 issuers[0].keys.directory",
                "8 issuers[0].leeway", "11 rules[0].match.path", "13 rules[1]", "13 rules[1]", "13 rules[1]",
                "13 rules[1].nam",
            ]
        )
    }

    @Test func twenty_errors_are_given_and_the_rest_is_counted() throws {
        let lines = (0..<50).map { "key\($0): 1" }.joined(separator: "\n")
        let reading = ConfigurationReader.read(try Sample.node(Sample.small(adding: lines)))
        #expect(reading.errors.count == 20)
        #expect(reading.omittedErrors == 30)
        #expect(reading.settings == nil)
    }

    @Test func a_relative_path_is_taken_from_the_folder_of_the_file() throws {
        func source(_ file: String) throws -> KeySourceSettings.Source? {
            try Sample.settings(Sample.small, file: file).keySources.first?.source
        }
        #expect(try source("/etc/authd/authd.yaml") == .file("/etc/authd/secret"))
        #expect(try source("conf/authd.yaml") == .file("conf/secret"))
        #expect(try source("authd.yaml") == .file("secret"))
        let absolute = Sample.small("file: secret", "file: /run/secret")
        #expect(try Sample.settings(absolute, file: "/etc/a.yaml").keySources.first?.source == .file("/run/secret"))
        #expect(Sample.errors(Sample.small("file: secret", "file: ~/secret")).count == 1)
    }

    @Test(arguments: [
        "keys: { Zq7-mWc2Rk9-pLx4Hv0sTd8uYb3nGf6j }",
        "keys: { secret: Zq7-mWc2Rk9-pLx4Hv0sTd8uYb3nGf6j }",
        "keys: { file: { a: Zq7-mWc2Rk9-pLx4Hv0sTd8uYb3nGf6j } }",
        "keys: Zq7-mWc2Rk9-pLx4Hv0sTd8uYb3nGf6j",
        "keys: [Zq7-mWc2Rk9-pLx4Hv0sTd8uYb3nGf6j]",
        "keys: { Zq7-mWc2Rk9-pLx4Hv0sTd8uYb3nGf6j: 1, Zq7-mWc2Rk9-pLx4Hv0sTd8uYb3nGf6j: 2 }",
        "keys: { file: a }\n    secret: Zq7-mWc2Rk9-pLx4Hv0sTd8uYb3nGf6j",
        "keys: { file: a, overlap: Zq7-mWc2Rk9-pLx4Hv0sTd8uYb3nGf6j }",
        "keys: { jwks_url: Zq7-mWc2Rk9-pLx4Hv0sTd8uYb3nGf6j }",
        "keys: \"Zq7-mWc2Rk9-pLx4Hv0sTd8uYb3nGf6j",
    ])
    func a_secret_in_the_file_is_refused_and_not_repeated(keys: String) {
        let errors = Sample.errors(Sample.small("keys: { file: secret }", keys))
        #expect(!errors.isEmpty)
        #expect(!errors.joined().contains("Zq7"))
    }

    @Test func whoever_writes_a_secret_is_told_to_use_a_file() {
        let hint = "secrets stand in a file of their own: keys: { file: PATH }"
        #expect(
            Sample.errors(Sample.small("{ file: secret }", "{ secret: x }")) == [
                "authd.yaml:9:11: issuers[0].keys: needs one of \"file\", \"directory\", \"credential\", \"jwks_url\", \"openid\"",
                "authd.yaml:9:13: issuers[0].keys.secret: unknown key; \(hint)",
            ]
        )
        #expect(
            Sample.errors(Sample.small("keys: { file: secret }", "keys: { file: a }\n    secret: x")) == [
                "authd.yaml:10:5: issuers[0].secret: unknown key; \(hint)"
            ]
        )
    }
}

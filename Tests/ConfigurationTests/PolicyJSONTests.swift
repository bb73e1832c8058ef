import Authorization
import Configuration
import JOSE
import TestSupport
import Testing

@Suite struct PolicyJSONTests {
    private func readBack(_ policy: Policy, realm: String = "authd") throws -> PolicyReading {
        let json = PolicyJSON.write(policy, realm: realm)
        return ConfigurationReader.readPolicy(try ConfigurationNode(json: json.span, file: "policy.json"))
    }

    @Test func the_complete_sample_comes_back_equal() throws {
        let settings = try Sample.settings(Sample.complete)
        let reading = try readBack(settings.policy, realm: "my api")
        #expect(reading.errors == [])
        #expect(reading.warnings == [])
        #expect(reading.policy == settings.policy)
        #expect(reading.realm == "my api")
    }

    @Test func a_policy_with_everything_comes_back_equal() throws {
        let settings = try Sample.settings(Sample.rich)
        #expect(try Sample.warnings(Sample.rich) == [])
        let reading = try readBack(settings.policy)
        #expect(reading.errors == [])
        #expect(reading.warnings == [])
        #expect(reading.policy == settings.policy)
        #expect(reading.policy?.issuers.map(\.claims.count) == [2, 2, 3, 0, 0])
        #expect(reading.policy?.rules.map(\.headers.count) == [2, 0])
    }

    @Test func the_same_policy_is_always_the_same_text() throws {
        let settings = try Sample.settings(Sample.small)
        let text = String(decoding: PolicyJSON.write(settings.policy, realm: settings.realm), as: UTF8.self)
        #expect(
            text == """
                {"issuers":[{"name":"main","issuer":"https://issuer.example","audiences":["api"],\
                "algorithms":["HS256"],"leeway":"30s","max_lifetime":"24h","require":["exp"],\
                "accept_future_iat":false,"token_from":{"header":"authorization"}}],\
                "rules":[{"name":"hello","match":{"path":"/hello/**"},"require":{"issuer":"main"},"mode":"enforce"}],\
                "limits":{"token_bytes":8192},"realm":"authd"}
                """
        )
    }

    @Test func it_names_no_path_of_this_machine() throws {
        let settings = try Sample.settings(Sample.complete)
        let text = String(decoding: PolicyJSON.write(settings.policy, realm: settings.realm), as: UTF8.self)
        for name in ["/etc/", "/run/", "keys", "listeners", "127.0.0.1"] { #expect(!text.contains(name)) }
        let rich = try Sample.settings(Sample.rich)
        let other = String(decoding: PolicyJSON.write(rich.policy, realm: rich.realm), as: UTF8.self)
        for name in ["keys", "ca.pem", "assertion", "revoked", "wait", "jwks"] { #expect(!other.contains(name)) }
    }

    @Test func every_policy_comes_back_equal() throws {
        var generator = SeededGenerator(seed: 20_260_101)
        for round in 0..<300 {
            let policy = try RandomPolicy.make(&generator)
            let reading = try readBack(policy)
            #expect(reading.errors == [], "round \(round)")
            #expect(reading.policy == policy, "round \(round)")
        }
    }

    @Test func what_belongs_to_the_daemon_is_refused_in_a_policy() throws {
        func errors(_ json: String) throws -> [String] {
            let node = try ConfigurationNode(json: Array(json.utf8).span, file: "p")
            return ConfigurationReader.readPolicy(node).errors.map(\.description)
        }
        let hint = "unknown key; belongs to the daemon's configuration, not to a policy"
        #expect(try errors(#"{"rules":[],"listeners":{}}"#) == ["p:1:13: listeners: \(hint)"])
        #expect(
            try errors(#"{"issuers":[{"name":"a","algorithms":["HS256"],"keys":{"file":"x"}}]}"#) == [
                "p:1:48: issuers[0].keys: \(hint)"
            ]
        )
        #expect(try errors(#"{"assertion":{"key":"k"}}"#) == ["p:1:2: assertion: \(hint)"])
        #expect(try errors(#"{"log":{"claims":["sub"]}}"#) == ["p:1:2: log: \(hint)"])
        #expect(try errors(#"{"revocations":{"file":"f"}}"#) == ["p:1:2: revocations: \(hint)"])
        #expect(
            try errors(#"{"limits":{"remembered_tokens":1}}"#) == ["p:1:12: limits.remembered_tokens: \(hint)"]
        )
        #expect(try errors(#"{"limits":{"head_bytes":20000}}"#) == ["p:1:12: limits.head_bytes: \(hint)"])
    }

    @Test func a_policy_is_held_to_the_same_rules() throws {
        let json =
            #"{"issuers":[{"name":"a","algorithms":["none"]}],"rules":[{"name":"r","match":{"path":"x"},"deny":true}]}"#
        let reading = ConfigurationReader.readPolicy(try ConfigurationNode(json: Array(json.utf8).span, file: "p"))
        #expect(reading.policy == nil)
        #expect(reading.errors.map(\.code) == [.invalidValue, .invalidValue])
    }
}

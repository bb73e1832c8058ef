import Authorization
import Configuration
import JOSE
import Testing

@Suite struct KeySourceTests {
    private func source(_ keys: String) throws -> KeySourceSettings {
        try #require(try Sample.settings(Sample.keys(keys), file: "/etc/a").keySources.first)
    }

    private func remote(_ options: String) throws -> RemoteKeySettings {
        let source = try source("{ jwks_url: \"https://issuer.example/keys\", \(options) }").source
        guard case .remote(let remote) = source else { throw Sample.Unreadable(errors: []) }
        return remote
    }

    private static func slip(_ keys: String, _ place: String, _ message: String) -> Slip {
        Slip(yaml: Sample.keys(keys), place, message)
    }

    private static func option(_ option: String, _ message: String) -> Slip {
        let name = option.prefix { $0 != ":" }
        let column = 11 + "{ jwks_url: \"https://issuer.example/keys\", \(name): ".count
        return slip(
            "{ jwks_url: \"https://issuer.example/keys\", \(option) }",
            "9:\(column): issuers[0].keys.\(name)",
            message
        )
    }

    @Test func what_is_left_out_has_the_documented_default() throws {
        let keys = try source("{ jwks_url: \"https://issuer.example/keys?a=b\" }")
        #expect(keys.source == .remote(RemoteKeySettings(.keySet(url: "https://issuer.example/keys?a=b"))))
        #expect(keys.overlap == 0)
        #expect(keys.allowsPublishedSecrets)
        let remote = try remote("overlap: 0")
        #expect(remote.refresh == .seconds(600))
        #expect(remote.leastRefresh == .seconds(60))
        #expect(remote.longestRefresh == .seconds(86_400))
        #expect(remote.timeout == .seconds(2))
        #expect(remote.cooldown == .seconds(10))
        #expect(remote.longestStale == .seconds(86_400))
        #expect(remote.wait == .milliseconds(100))
        #expect(remote.maximumBytes == 524_288)
        #expect(remote.certificateAuthority == nil)
        #expect(!remote.allowsLoopbackHTTP)
    }

    @Test func every_option_can_be_set() throws {
        let remote = try remote(
            """
            refresh: 1h, timeout: 500ms, cooldown: 1m, max_stale: 0,
                  wait: 1s, max_bytes: 1MiB, ca_file: ca.pem, allow_http: false
            """
        )
        #expect(remote.refresh == .seconds(3600))
        #expect(remote.timeout == .milliseconds(500))
        #expect(remote.cooldown == .seconds(60))
        #expect(remote.longestStale == .zero)
        #expect(remote.wait == .seconds(1))
        #expect(remote.maximumBytes == 1_048_576)
        #expect(remote.certificateAuthority == "/etc/ca.pem")
        #expect(!remote.allowsLoopbackHTTP)
        #expect(try source("{ jwks_url: \"https://a.example\", overlap: 5m }").overlap == 300)
    }

    @Test func a_refresh_shorter_than_a_minute_is_meant() throws {
        #expect(try remote("refresh: 5s").leastRefresh == .seconds(5))
        #expect(try remote("refresh: 61s").leastRefresh == .seconds(60))
    }

    @Test(arguments: [
        option("refresh: 0", "must be from 1s to 24h"),
        option("refresh: 25h", "must be from 1s to 24h"),
        option("timeout: 99ms", "must be from 100ms to 30s"),
        option("timeout: 31s", "must be from 100ms to 30s"),
        option("cooldown: 0s", "must be from 100ms to 1h"),
        option("cooldown: 2h", "must be from 100ms to 1h"),
        option("max_stale: 721h", "must be from 0s to 720h"),
        option("wait: 6s", "must be from 0s to 5s"),
        option("wait: 100", "must be a whole number with one of the units ms, s, m, h; did you mean 100s?"),
        option("max_bytes: 1023", "must be from 1KiB to 4MiB"),
        option("max_bytes: 5MiB", "must be from 1KiB to 4MiB"),
        option("ca_file: ~/ca", "\"~\" is not expanded; write the whole path"),
        option("allow_http: yes", "must be true or false; did you mean \"true\"?"),
        option("allow_http: true", "has no effect: the URL is https:// already; remove it"),
        option("allow_published: 1", "must be true or false; did you mean \"true\"?"),
    ])
    func an_option_that_cannot_be_is_refused(_ slip: Slip) {
        #expect(Sample.errors(slip.yaml) == [slip.message])
    }

    @Test(arguments: [
        "refresh: 1m", "timeout: 1s", "cooldown: 1s", "max_stale: 1h", "wait: 1s", "max_bytes: 1MiB", "ca_file: f",
        "allow_http: true",
    ])
    func options_of_fetching_are_refused_where_nothing_is_fetched(option: String) {
        let name = option.prefix { $0 != ":" }
        for (form, column) in [("file", 22), ("directory", 27)] {
            #expect(
                Sample.errors(Sample.small("{ file: secret }", "{ \(form): a, \(option) }")) == [
                    "authd.yaml:9:\(column): issuers[0].keys.\(name): only for keys that are fetched; "
                        + "a file is read again when it changes; remove it, or write jwks_url or openid"
                ]
            )
        }
    }

    @Test(arguments: [
        slip(
            "{ jwks_url: \"http://a.example/b\" }",
            "9:23: issuers[0].keys.jwks_url",
            "must be an https:// URL; over http:// anybody on the way could put in keys of their own"
        ),
        slip(
            "{ jwks_url: \"http://a.example/b\", allow_http: true }",
            "9:23: issuers[0].keys.jwks_url",
            "must be an https:// URL; over http:// anybody on the way could put in keys of their own"
        ),
        slip(
            "{ jwks_url: \"http://127.0.0.1:80/b\" }",
            "9:23: issuers[0].keys.jwks_url",
            "must be an https:// URL; or set allow_http: true beside it, which is for this machine only"
        ),
        slip(
            "{ jwks_url: \"http://127.0.0.1.example/b\", allow_http: true }",
            "9:23: issuers[0].keys.jwks_url",
            "must be an https:// URL; over http:// anybody on the way could put in keys of their own"
        ),
        slip(
            "{ jwks_url: \"ftp://a.example/b\" }",
            "9:23: issuers[0].keys.jwks_url",
            "must be an https:// URL; such as https://issuer.example/keys"
        ),
        slip(
            "{ jwks_url: \"https://u@a.example/b\" }",
            "9:23: issuers[0].keys.jwks_url",
            "must be https://HOST[:PORT]/PATH without user name, blanks and \"#\""
        ),
        slip(
            "{ jwks_url: \"https://a.example/b#c\" }",
            "9:23: issuers[0].keys.jwks_url",
            "must be https://HOST[:PORT]/PATH without user name, blanks and \"#\""
        ),
        slip(
            "{ jwks_url: \"https://127.1/b\" }",
            "9:23: issuers[0].keys.jwks_url",
            "must be https://HOST[:PORT]/PATH without user name, blanks and \"#\""
        ),
        slip(
            "{ openid: \"https://issuer.example?a\" }",
            "9:21: issuers[0].keys.openid",
            "must be https://HOST[:PORT]/PATH without \"?\""
        ),
        slip(
            "{ jwks_url: \"http://localhost/b\", allow_http: true, ca_file: f }",
            "9:72: issuers[0].keys.ca_file",
            "has no effect: over http:// there are no certificates; remove it"
        ),
        slip(
            "{ openid: \"https://other.example\" }",
            "9:21: issuers[0].keys.openid",
            "must be the issuer's iss, to the letter; remove it, or write keys: { jwks_url: URL }"
        ),
        slip(
            "{ openid: \"https://issuer.example/\" }",
            "9:21: issuers[0].keys.openid",
            "must be the issuer's iss, to the letter; remove it, or write keys: { jwks_url: URL }"
        ),
        slip(
            "{ openid: \"https://issuer.example\", jwks_url: \"https://issuer.example\" }",
            "9:13: issuers[0].keys.openid",
            "stands beside \"jwks_url\"; exactly one of \"file\", \"directory\", \"credential\", \"jwks_url\", \"openid\" counts"
        ),
        slip(
            "{ jwks_uri: \"https://a.example\" }",
            "9:13: issuers[0].keys.jwks_uri",
            "unknown key; did you mean \"jwks_url\"?"
        ),
    ])
    func a_place_that_keys_cannot_come_from_is_refused(_ slip: Slip) {
        #expect(Sample.errors(slip.yaml).contains(slip.message))
    }

    @Test(arguments: ["jwks_url: \"https://a.example/k\"", "openid: https://issuer.example"])
    func a_shared_secret_is_never_fetched(source: String) {
        let column = 13 + source.prefix { $0 != ":" }.count + 2
        let path = "issuers[0].keys.\(source.prefix { $0 != ":" })"
        #expect(
            Sample.errors(Sample.small("{ file: secret }", "{ \(source) }")) == [
                "authd.yaml:9:\(column): \(path): a shared secret is never fetched; "
                    + "HMAC keys stand in a file: keys: { file: PATH }"
            ]
        )
    }

    @Test(arguments: ["127.0.0.1:8080", "127.3.2.1", "[::1]:8080", "localhost:1"])
    func loopback_may_do_without_tls_where_it_is_said(host: String) throws {
        let keys = try source("{ jwks_url: \"http://\(host)/keys\", allow_http: true }")
        var expected = RemoteKeySettings(.keySet(url: "http://\(host)/keys"))
        expected.allowsLoopbackHTTP = true
        #expect(keys.source == .remote(expected))
    }

    @Test func an_openid_issuer_is_its_own_iss() throws {
        let without = Sample.keys("{ openid: \"https://login.example/tenant/\" }")
            .replacing("    issuer: https://issuer.example\n", with: "")
        let settings = try Sample.settings(without)
        #expect(settings.policy.issuers.map(\.issuer) == ["https://login.example/tenant/"])
        #expect(
            settings.keySources.map(\.source) == [
                .remote(RemoteKeySettings(.openID(issuer: "https://login.example/tenant/")))
            ]
        )
        let with = try Sample.settings(Sample.keys("{ openid: \"https://issuer.example\" }"))
        #expect(with.policy.issuers.map(\.issuer) == ["https://issuer.example"])
    }

    @Test func two_issuers_of_one_openid_identifier_are_refused() {
        let issuer = "{ name: NAME, audiences: [a], algorithms: [ES256], keys: { openid: \"https://a.example\" } }"
        let yaml =
            "listeners: { decision: [{ tcp: 127.0.0.1:9180 }] }\nrules: []\nissuers:\n"
            + "  - \(issuer.replacing("NAME", with: "one"))\n  - \(issuer.replacing("NAME", with: "two"))\n"
        #expect(
            Sample.errors(yaml) == [
                "authd.yaml:5:5: issuers[1]: the same issuer as on line 4; one issuer has one set of keys: join the two"
            ]
        )
    }

    @Test func published_secrets_are_refused_where_it_is_said() throws {
        for (option, allows) in [("", true), (", allow_published: true", true), (", allow_published: false", false)] {
            let settings = try Sample.settings(Sample.small("{ file: secret }", "{ file: secret\(option) }"))
            let keys = try #require(settings.keySources.first)
            #expect(
                keys.requirements(for: try #require(settings.policy.issuers.first)).allowsPublishedSecrets == allows
            )
        }
        #expect(
            Sample.errors(Sample.keys("{ file: key.pem, allow_published: true }")) == [
                "authd.yaml:9:28: issuers[0].keys.allow_published: has no effect; only HMAC has secrets; remove it"
            ]
        )
    }

    @Test func only_hmac_has_secrets() {
        let yaml = Sample.keys("{ file: key.pem }\n    minimum_secret_bytes: 32")
        #expect(
            Sample.errors(yaml) == [
                "authd.yaml:10:5: issuers[0].minimum_secret_bytes: has no effect: only HMAC has secrets; "
                    + "remove it; RSA keys have at least 2048 bits"
            ]
        )
    }

    @Test func whoever_writes_the_source_beside_keys_is_told_where_it_stands() {
        #expect(
            Sample.errors(Sample.keys("{ file: a }\n    jwks_url: \"https://a.example\"")) == [
                "authd.yaml:10:5: issuers[0].jwks_url: unknown key; stands in keys: keys: { jwks_url: URL }"
            ]
        )
    }

    @Test func every_algorithm_can_be_named() throws {
        for algorithm in SignatureAlgorithm.allCases {
            let settings = try Sample.settings(Sample.small("[HS256]", "[\(algorithm.rawValue)]"))
            #expect(settings.policy.issuers.map(\.algorithms) == [[algorithm]])
        }
        let several = try Sample.settings(Sample.small("[HS256]", "[RS256, PS256, ES256, EdDSA]"))
        #expect(several.policy.issuers.map(\.algorithms) == [[.rs256, .ps256, .es256, .edDSA]])
    }
}

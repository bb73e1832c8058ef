import Authorization
import Configuration
import JOSE
import Testing

@Suite struct PresetTests {
    private static let tenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee"
    private static let cognito = "cognito: { user_pool: ap-southeast-3_AbC123, client_id: [xyz, uvw] }"

    /// A whole configuration whose issuer begins at 3:5, its preset at 3:29.
    private static func yaml(_ preset: String, beside: String = "") -> String {
        """
        listeners: { decision: [{ tcp: 127.0.0.1:9180 }] }
        issuers:
          - { name: login, preset: { \(preset) }\(beside.isEmpty ? "" : ", " + beside) }
        rules:
          - { name: all, match: { path: /** }, require: { issuer: login } }

        """
    }

    private func settings(_ preset: String, beside: String = "") throws -> Settings {
        let yaml = Self.yaml(preset, beside: beside)
        #expect(try Sample.warnings(yaml) == [])
        return try Sample.settings(yaml)
    }

    private func issuer(_ preset: String, beside: String = "") throws -> IssuerPolicy {
        try #require(try settings(preset, beside: beside).policy.issuers.first)
    }

    private func url(_ preset: String) throws -> String? {
        guard case .remote(let remote) = try settings(preset).keySources.first?.source,
            case .keySet(let url) = remote.location
        else { return nil }
        return url
    }

    private func claim(_ name: String, _ texts: String...) throws -> ClaimRequirement {
        ClaimRequirement(claim: try #require(ClaimPath(name)), anyOf: texts.map { .string($0) })
    }

    @Test func cognito_access_tokens_are_held_to_their_client_and_use() throws {
        #expect(
            try issuer(Self.cognito)
                == IssuerPolicy(
                    name: "login",
                    issuer: "https://cognito-idp.ap-southeast-3.amazonaws.com/ap-southeast-3_AbC123",
                    algorithms: [.rs256],
                    claims: [try claim("token_use", "access"), try claim("client_id", "xyz", "uvw")]
                )
        )
        #expect(
            try url(Self.cognito)
                == "https://cognito-idp.ap-southeast-3.amazonaws.com/ap-southeast-3_AbC123/.well-known/jwks.json"
        )
    }

    @Test func cognito_id_tokens_are_held_to_their_audience() throws {
        let preset = "cognito: { user_pool: us-gov-west-1_X, client_id: xyz, token_use: id, issuer_type: updated }"
        #expect(
            try issuer(preset)
                == IssuerPolicy(
                    name: "login",
                    issuer: "https://issuer-cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_X",
                    audiences: ["xyz"],
                    algorithms: [.rs256],
                    claims: [try claim("token_use", "id")]
                )
        )
    }

    @Test func auth0_has_a_slash_at_the_end_of_its_iss() throws {
        let preset = "auth0: { domain: Tenant.eu.auth0.com, audience: \"https://api.example\" }"
        #expect(
            try issuer(preset)
                == IssuerPolicy(
                    name: "login",
                    issuer: "https://tenant.eu.auth0.com/",
                    audiences: ["https://api.example"],
                    algorithms: [.rs256],
                    types: ["jwt", "at+jwt"]
                )
        )
        #expect(try url(preset) == "https://tenant.eu.auth0.com/.well-known/jwks.json")
    }

    @Test func keycloak_takes_access_tokens_of_a_realm() throws {
        let preset = "keycloak: { url: \"https://kc.example:8443/auth/\", realm: main, audience: [api], client: web }"
        #expect(
            try issuer(preset)
                == IssuerPolicy(
                    name: "login",
                    issuer: "https://kc.example:8443/auth/realms/main",
                    audiences: ["api"],
                    algorithms: [.rs256],
                    types: ["jwt", "at+jwt"],
                    claims: [try claim("typ", "Bearer"), try claim("azp", "web")]
                )
        )
        #expect(try url(preset) == "https://kc.example:8443/auth/realms/main/protocol/openid-connect/certs")
        let audience = try issuer("keycloak: { url: \"https://kc.example\", realm: main, audience: api }")
        #expect(audience.claims == [try claim("typ", "Bearer")])
        let client = try issuer("keycloak: { url: \"https://kc.example\", realm: main, client: web }")
        #expect(client.audiences == [])
    }

    @Test func keycloak_may_run_on_this_machine() throws {
        let preset = "keycloak: { url: \"http://localhost:8080\", realm: main, audience: api }"
        let keys = try #require(try settings(preset, beside: "keys: { allow_http: true }").keySources.first)
        var expected = RemoteKeySettings(
            .keySet(url: "http://localhost:8080/realms/main/protocol/openid-connect/certs")
        )
        expected.allowsLoopbackHTTP = true
        #expect(keys.source == .remote(expected))
        #expect(
            Sample.errors(Self.yaml(preset)) == [
                "authd.yaml:3:47: issuers[0].preset.keycloak.url: must be an https:// URL; "
                    + "or set allow_http: true beside it, which is for this machine only"
            ]
        )
    }

    @Test func the_account_audience_of_keycloak_is_warned_of() throws {
        let warnings = try Sample.warnings(
            Self.yaml("keycloak: { url: \"https://kc.example\", realm: main, audience: account }")
        )
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("nearly every token of a realm is for \"account\"") == true)
    }

    @Test func entra_versions_differ_in_iss_keys_and_ver() throws {
        let two = "entra: { tenant: \(Self.tenant.uppercased()), audience: api }"
        #expect(
            try issuer(two)
                == IssuerPolicy(
                    name: "login",
                    issuer: "https://login.microsoftonline.com/\(Self.tenant)/v2.0",
                    audiences: ["api"],
                    algorithms: [.rs256],
                    types: ["jwt"],
                    claims: [try claim("ver", "2.0"), try claim("tid", Self.tenant)]
                )
        )
        #expect(try url(two) == "https://login.microsoftonline.com/\(Self.tenant)/discovery/v2.0/keys")
        let one = "entra: { tenant: \(Self.tenant), audience: \"api://x\", version: v1 }"
        #expect(try issuer(one).issuer == "https://sts.windows.net/\(Self.tenant)/")
        #expect(try issuer(one).claims == [try claim("ver", "1.0"), try claim("tid", Self.tenant)])
        #expect(try url(one) == "https://login.microsoftonline.com/\(Self.tenant)/discovery/keys")
    }

    @Test func google_id_tokens_are_held_to_client_and_domain() throws {
        let preset = "google: { client_id: c.apps.googleusercontent.com, hosted_domain: [a.example, b.example] }"
        #expect(
            try issuer(preset)
                == IssuerPolicy(
                    name: "login",
                    issuer: "https://accounts.google.com",
                    audiences: ["c.apps.googleusercontent.com"],
                    algorithms: [.rs256],
                    claims: [try claim("hd", "a.example", "b.example")]
                )
        )
        #expect(try url(preset) == "https://www.googleapis.com/oauth2/v3/certs")
        #expect(try issuer("google: { client_id: c }").claims == [])
    }

    @Test func what_a_service_lets_one_choose_may_be_said_beside_it() throws {
        let own = try issuer(
            "auth0: { domain: t.auth0.com, audience: api }",
            beside: "algorithms: [PS256], types: [at+jwt], leeway: 5s, max_lifetime: 1h, require: [exp, iat], "
                + "claims: { permissions: [read] }, token_from: { cookie: t }, accept_future_iat: true"
        )
        #expect(own.algorithms == [.ps256])
        #expect(own.types == ["at+jwt"])
        #expect(own.leeway == 5)
        #expect(own.maximumLifetime == 3600)
        #expect(own.requiredClaims == ["exp", "iat"])
        #expect(own.claims == [try claim("permissions", "read")])
        #expect(own.credential == .cookie("t"))
        #expect(!own.refusesFutureIssue)
        let added = try issuer(Self.cognito, beside: "claims: { \"cognito:groups\": [admin] }")
        #expect(added.claims.map(\.claim.text) == ["token_use", "client_id", "cognito:groups"])
    }

    @Test func options_beside_a_preset_are_about_its_own_keys() throws {
        let keys = "keys: { refresh: 5m, overlap: 1h, ca_file: /etc/ca }"
        let source = try #require(try settings(Self.cognito, beside: keys).keySources.first)
        #expect(source.overlap == 3600)
        guard case .remote(let remote) = source.source else { throw Sample.Unreadable(errors: []) }
        #expect(remote.refresh == .seconds(300))
        #expect(remote.certificateAuthority == "/etc/ca")
        #expect(remote.location == .keySet(url: try #require(try url(Self.cognito))))
    }

    @Test func keys_of_another_place_take_the_presets_place() throws {
        let file = try settings(Self.cognito, beside: "keys: { file: /etc/keys.json }")
        #expect(file.keySources.map(\.source) == [.file("/etc/keys.json")])
        let mirror = try settings(Self.cognito, beside: "keys: { jwks_url: \"https://mirror.example/jwks\" }")
        #expect(
            mirror.keySources.map(\.source) == [.remote(RemoteKeySettings(.keySet(url: "https://mirror.example/jwks")))]
        )
        let other = Sample.errors(Self.yaml(Self.cognito, beside: "keys: { openid: \"https://other.example\" }"))
        #expect(other.count == 1)
        #expect(other.first?.contains("must be the issuer's iss, to the letter") == true)
    }

    @Test func a_policy_holds_a_preset_written_out() throws {
        let settings = try settings(Self.cognito)
        let json = PolicyJSON.write(settings.policy, realm: "authd")
        let text = String(decoding: json, as: UTF8.self)
        #expect(!text.contains("preset"))
        #expect(text.contains(#""claims":{"token_use":["access"],"client_id":["xyz","uvw"]}"#))
        let reading = ConfigurationReader.readPolicy(try ConfigurationNode(json: json.span, file: "p"))
        #expect(reading.policy == settings.policy)
    }

    @Test func a_policy_may_be_written_with_a_preset_too() throws {
        let json = #"{"issuers":[{"name":"a","preset":{"google":{"client_id":"c"}}}]}"#
        let reading = ConfigurationReader.readPolicy(try ConfigurationNode(json: Array(json.utf8).span, file: "p"))
        #expect(reading.errors == [])
        #expect(reading.policy?.issuers.map(\.issuer) == ["https://accounts.google.com"])
    }

    /// - Parameter found: what the only message holds besides its place.
    @Test(arguments: [
        ("", "", "needs one of \"cognito\", \"auth0\", \"keycloak\", \"entra\", \"google\""),
        ("cognito: {}, google: {}", "", "stands beside \"cognito\""),
        ("cognito: { client_id: a }", "", "\"user_pool\" is missing; such as user_pool: eu-west-1_AbC123"),
        ("cognito: { user_pool: eu-west-1_A }", "", "\"client_id\" is missing"),
        ("cognito: { user_pool: eu-west-1_A, client_id: [] }", "", "must not be empty"),
        ("cognito: { user_pool: eu-west-1, client_id: a }", "", "must be REGION_ID"),
        ("cognito: { user_pool: a.example/eu-west-1_A, client_id: a }", "", "must be REGION_ID"),
        ("cognito: { user_pool: eu-west-1_A/, client_id: a }", "", "must be REGION_ID"),
        ("cognito: { user_pool: eu-west-1_A, client_id: a, token_use: acess }", "", "did you mean \"access\"?"),
        ("cognito: { user_pool: eu-west-1_A, client_id: a, issuer_type: new }", "", "must be one of original, updated"),
        ("cognito: { user_pool: eu-west-1_A, clientid: a, client_id: a }", "", "did you mean \"client_id\"?"),
        ("auth0: { domain: \"https://t.auth0.com/\", audience: a }", "", "without https:// and path"),
        ("auth0: { domain: \"t.auth0.com:443\", audience: a }", "", "must be the domain of a tenant"),
        ("auth0: { domain: tenant, audience: a }", "", "must be the domain of a tenant; such as tenant.eu.auth0.com"),
        ("auth0: { domain: t.auth0.com }", "", "\"audience\" is missing; the identifier of the API"),
        ("keycloak: { url: \"https://a.example\", realm: r }", "", "needs \"audience\", \"client\" or both"),
        ("keycloak: { url: \"https://a.example\", realm: ../x, client: c }", "", "must be letters, digits"),
        ("keycloak: { url: \"https://a.example\", realm: .., client: c }", "", "must be letters, digits"),
        ("keycloak: { url: \"http://a.example\", realm: r, client: c }", "", "over http:// anybody on the way"),
        ("keycloak: { url: \"https://a.example?x\", realm: r, client: c }", "", "without \"?\""),
        ("entra: { tenant: common, audience: a }", "", "a token's iss names the tenant itself"),
        ("entra: { tenant: contoso.example, audience: a }", "", "must be the UUID of a tenant"),
        ("entra: { tenant: \(tenant) }", "", "\"audience\" is missing"),
        ("entra: { tenant: \(tenant), audience: a, version: 2 }", "", "must be one of v1, v2"),
        ("google: {}", "", "\"client_id\" is missing"),
        (cognito, "issuer: https://a.example", "the preset says it; remove it, or write the issuer without a preset"),
        (cognito, "audiences: [a]", "the preset says it; remove it, or write the issuer without a preset"),
        (cognito, "claims: { token_use: id }", "the preset says what \"token_use\" must be; remove it"),
        (cognito, "claims: { /token_use: id }", "the preset says what \"/token_use\" must be; remove it"),
        (cognito, "algorithms: [none]", "\"none\" does not exist here"),
        (cognito, "minimum_secret_bytes: 32", "has no effect: only HMAC has secrets"),
        (cognito, "keys: { allow_http: true }", "has no effect: the URL is https:// already"),
    ])
    func a_preset_that_cannot_be_is_refused(preset: String, beside: String, found: String) {
        let errors = Sample.errors(Self.yaml(preset, beside: beside))
        #expect(errors.count == 1, "\(errors)")
        #expect(errors.first?.contains(found) == true, "\(errors)")
    }

    @Test func other_services_and_other_names_are_known_by_a_hint() {
        #expect(
            Sample.errors(Self.yaml("okta: { domain: a }")).last
                == "authd.yaml:3:30: issuers[0].preset.okta: unknown key; "
                + "write issuer and keys: { openid: URL } without a preset"
        )
        #expect(
            Sample.errors(Self.yaml("azure: { tenant: a }")).last
                == "authd.yaml:3:30: issuers[0].preset.azure: unknown key; did you mean \"entra\"?"
        )
    }

    @Test func whoever_writes_a_client_secret_is_told_that_none_is_needed() {
        let errors = Sample.errors(Self.yaml("google: { client_id: c, client_secret: Zq7mWc2Rk9 }"))
        #expect(
            errors == [
                "authd.yaml:3:54: issuers[0].preset.google.client_secret: unknown key; "
                    + "no secret is needed: tokens are verified with public keys"
            ]
        )
    }

    @Test func a_login_service_never_signs_with_a_shared_secret() {
        let errors = Sample.errors(Self.yaml(Self.cognito, beside: "algorithms: [HS256], keys: { file: a }"))
        #expect(errors.count == 1)
        #expect(errors.first?.contains("a login service signs with a public key's algorithm") == true)
    }
}

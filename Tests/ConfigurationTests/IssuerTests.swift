import Authorization
import Configuration
import JOSE
import Testing

@Suite struct IssuerTests {
    private static let algorithms = "algorithms: [HS256]"
    private static let keys = "keys: { file: secret }"
    private static let second = """
        keys: { file: secret }
          - name: other
            audiences: [api]
            algorithms: [HS256]
            keys: { file: secret }
        """

    private func issuer(adding line: String) throws -> IssuerPolicy {
        let settings = try Sample.settings(Sample.small(Self.keys, "\(Self.keys)\n    \(line)"))
        return try #require(settings.policy.issuers.first)
    }

    @Test(arguments: [
        Slip(algorithms, "algorithms: []", "8:17: issuers[0].algorithms", "must not be empty; such as [HS256]"),
        Slip("    \(algorithms)\n", "", "5:5: issuers[0]", "\"algorithms\" is missing; such as algorithms: [HS256]"),
        Slip(
            algorithms,
            "algorithms: [none]",
            "8:18: issuers[0].algorithms[0]",
            "\"none\" does not exist here: a token without a signature proves nothing"
        ),
        Slip(
            algorithms,
            "algorithms: [HS256, NoNe]",
            "8:25: issuers[0].algorithms[1]",
            "\"none\" does not exist here: a token without a signature proves nothing"
        ),
        Slip(
            algorithms,
            "algorithms: [hs256]",
            "8:18: issuers[0].algorithms[0]",
            "not a known algorithm; did you mean \"HS256\"?"
        ),
        Slip(
            algorithms,
            "algorithms: [A128KW]",
            "8:18: issuers[0].algorithms[0]",
            "not a known algorithm; known: HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, "
                + "ES256, ES384, ES512, EdDSA, Ed25519, Ed448"
        ),
        Slip(
            keys,
            "keys: { file: a, directory: b }",
            "9:22: issuers[0].keys.directory",
            "stands beside \"file\"; exactly one of \"file\", \"directory\", \"credential\", \"jwks_url\", \"openid\" counts"
        ),
        Slip(
            keys,
            "keys: { overlap: 5m }",
            "9:11: issuers[0].keys",
            "needs one of \"file\", \"directory\", \"credential\", \"jwks_url\", \"openid\""
        ),
        Slip("\n    \(keys)", "", "5:5: issuers[0]", "\"keys\" is missing; such as keys: { file: PATH }"),
        Slip(
            keys,
            "keys: { file: a, overlap: 5 }",
            "9:31: issuers[0].keys.overlap",
            "must be a whole number with one of the units ms, s, m, h; did you mean 5s?"
        ),
        Slip(keys, keys + "\n    leeway: 301s", "10:13: issuers[0].leeway", "must be from 0s to 5m"),
        Slip(
            keys,
            keys + "\n    leeway: -1s",
            "10:13: issuers[0].leeway",
            "must be a whole number with one of the units ms, s, m, h; such as 30s"
        ),
        Slip(keys, keys + "\n    max_lifetime: 0", "10:19: issuers[0].max_lifetime", "must be from 1s to 8760h"),
        Slip(
            keys,
            keys + "\n    max_lifetime: 1d",
            "10:19: issuers[0].max_lifetime",
            "must be a whole number with one of the units ms, s, m, h; such as 30s"
        ),
        Slip(
            keys,
            keys + "\n    minimum_secret_bytes: 0",
            "10:27: issuers[0].minimum_secret_bytes",
            "must be a whole number from 1 to 1024"
        ),
        Slip(keys, keys + "\n    types: [\"a b\"]", "10:13: issuers[0].types[0]", "not a media type; such as at+jwt"),
        Slip(
            keys,
            keys + "\n    types: [at+jwt, application/AT+jwt]",
            "10:21: issuers[0].types[1]",
            "stands twice; first at issuers[0].types[0]"
        ),
        Slip(
            "audiences: [api]",
            "audiences: []",
            "7:16: issuers[0].audiences",
            "must not be empty; remove the key where aud shall not be checked"
        ),
        Slip(
            keys,
            keys + "\n    token_from: { header: A, cookie: b }",
            "10:30: issuers[0].token_from.cookie",
            "stands beside \"header\"; exactly one of \"header\", \"cookie\" counts"
        ),
        Slip(
            keys,
            keys + "\n    token_from: { header: Cookie }",
            "10:27: issuers[0].token_from.header",
            "a cookie is named itself; write cookie: NAME"
        ),
        Slip(
            keys,
            keys + "\n    token_from: { header: Content_Length }",
            "10:27: issuers[0].token_from.header",
            "this field belongs to HTTP itself"
        ),
        Slip(
            keys,
            keys + "\n    token_from: { header: X-Original-URI }",
            "10:27: issuers[0].token_from.header",
            "this field tells of the request, not of who sent it"
        ),
        Slip(
            keys,
            keys + "\n    token_from: { header: \"a b\" }",
            "10:27: issuers[0].token_from.header",
            "not a field name (RFC 9110 §5.1)"
        ),
        Slip(
            keys,
            keys + "\n    token_from: { cookie: \"a=b\" }",
            "10:27: issuers[0].token_from.cookie",
            "not a cookie's name (RFC 6265 §4.1.1)"
        ),
        Slip(
            keys,
            second.replacing("other", with: "main"),
            "10:11: issuers[1].name",
            "the name of another issuer, on line 5"
        ),
        Slip(
            keys,
            second + "\n    issuer: https://issuer.example",
            "14:13: issuers[1].issuer",
            "the same issuer as on line 6; one issuer has one set of keys: join the two"
        ),
        Slip(
            yaml: Sample.small("    issuer: https://issuer.example\n", "").replacing(keys, with: second),
            "9:5: issuers[1]",
            "a second issuer without \"issuer\"; the first is on line 5; name what stands in iss, or "
                + "take the token from another place"
        ),
        Slip(
            "main\n",
            "\"a\\\"b\"\n",
            "5:11: issuers[0].name",
            "a name is printable ASCII without quotes, backslashes and outer blanks, at most 64 "
                + "characters"
        ),
    ])
    func an_issuer_that_cannot_be_is_refused(_ slip: Slip) {
        #expect(Sample.errors(slip.yaml) == [slip.message])
    }

    @Test func secrets_and_public_keys_never_stand_together() {
        #expect(
            Sample.errors(Sample.small(Self.algorithms, "algorithms: [HS256, RS256]")) == [
                "authd.yaml:8:17: issuers[0].algorithms: HMAC and public-key algorithms never stand together; "
                    + "make two issuers; a public key is no secret, and must never be taken for one"
            ]
        )
    }

    @Test func what_is_left_out_has_the_documented_default() throws {
        let settings = try Sample.settings(Sample.small)
        let issuer = try #require(settings.policy.issuers.first)
        #expect(issuer.leeway == 30)
        #expect(issuer.maximumLifetime == 86_400)
        #expect(issuer.requiredClaims == ["exp"])
        #expect(issuer.types == [])
        #expect(issuer.refusesFutureIssue)
        #expect(issuer.credential == .header("authorization"))
        let keys = try #require(settings.keySources.first)
        #expect(keys.overlap == 0)
        #expect(keys.minimumSecretBytes == nil)
        #expect(keys.requirements(for: issuer).leastSecretBytes == 32)
    }

    @Test func each_setting_reaches_the_policy() throws {
        #expect(try issuer(adding: "leeway: 0").leeway == 0)
        #expect(try issuer(adding: "leeway: 250ms").leeway == 0.25)
        #expect(try issuer(adding: "leeway: \"5m\"").leeway == 300)
        #expect(try issuer(adding: "max_lifetime: 90s").maximumLifetime == 90)
        #expect(try issuer(adding: "max_lifetime: unlimited").maximumLifetime == nil)
        #expect(try issuer(adding: "require: [exp, sub]").requiredClaims == ["exp", "sub"])
        #expect(try issuer(adding: "require: []").requiredClaims == [])
        #expect(try issuer(adding: "types: [application/AT+jwt, JWT]").types == ["at+jwt", "jwt"])
        #expect(try !issuer(adding: "accept_future_iat: true").refusesFutureIssue)
        #expect(try issuer(adding: "accept_future_iat: false").refusesFutureIssue)
        #expect(try issuer(adding: "token_from: { header: X-Token }").credential == .header("x-token"))
        #expect(try issuer(adding: "token_from: { cookie: __Host-t }").credential == .cookie("__Host-t"))
        let several = Sample.small(Self.algorithms, "algorithms: [HS512, HS256]")
        #expect(try Sample.settings(several).policy.issuers.first?.algorithms == [.hs512, .hs256])
        let folder = Sample.small("{ file: secret }", "{ directory: keys.d, overlap: 1500ms }")
        #expect(try Sample.settings(folder, file: "/etc/a").keySources.map(\.source) == [.directory("/etc/keys.d")])
        #expect(try Sample.settings(folder).keySources.map(\.overlap) == [1.5])
    }

    @Test func issuers_without_iss_go_together_where_their_tokens_stand_apart() throws {
        let yaml = Sample.small("    issuer: https://issuer.example\n", "")
            .replacing(Self.keys, with: Self.second + "\n    token_from: { cookie: t }", maxReplacements: 1)
        #expect(Sample.errors(yaml) == [])
    }

    @Test(arguments: [
        (
            "require: []",
            "authd.yaml:10:14: issuers[0].require: tokens that never expire are accepted; add exp to the list"
        ),
        (
            "require: [sub]",
            "authd.yaml:10:14: issuers[0].require: tokens that never expire are accepted; add exp to the list"
        ),
        (
            "minimum_secret_bytes: 8",
            "authd.yaml:10:27: issuers[0].minimum_secret_bytes: secrets that can be guessed are accepted; "
                + "RFC 7518 §3.2 asks for at least 32 bytes"
        ),
    ])
    func what_weakens_an_issuer_is_warned_of(line: String, message: String) throws {
        let yaml = Sample.small(Self.keys, "\(Self.keys)\n    \(line)")
        #expect(Sample.errors(yaml) == [])
        #expect(try Sample.warnings(yaml) == [message])
    }

    @Test func an_issuer_without_audiences_is_warned_of() throws {
        let warnings = try Sample.warnings(Sample.small("    audiences: [api]\n", ""))
        #expect(
            warnings == [
                "authd.yaml:5:5: issuers[0]: tokens for any audience are accepted; "
                    + "name this API in audiences, unless the keys serve nothing else"
            ]
        )
    }

    @Test func one_who_names_the_client_of_a_token_need_not_name_its_audience() throws {
        for claim in ["client_id: web", "/azp: [web, app]"] {
            let yaml = Sample.small("audiences: [api]", "claims: { \(claim) }")
            #expect(try Sample.warnings(yaml) == [])
        }
        #expect(try Sample.warnings(Sample.small("audiences: [api]", "claims: { client: web }")).count == 1)
    }
}

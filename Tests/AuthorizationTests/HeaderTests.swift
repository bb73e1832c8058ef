import Authorization
import JOSE
import Testing

@Suite struct HeaderTests {
    // RFC 8725 §3.1, §3.2. A right MAC does not help where the name is wrong.
    @Test(arguments: [
        "none", "None", "NONE", "nOnE", "", "hs256", "HS256 ", "HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA",
        "HS", "HS2567",
        "A128KW", "dir", "HS256\\u0000", "\\u0048S256", "ＨS256",
    ])
    func only_an_allowed_algorithm_by_its_exact_name_counts(name: String) {
        #expect(World().reason(header: "{\"alg\":\"\(name)\"}") == .algorithmNotAllowed)
    }

    @Test func each_hmac_algorithm_works_where_it_is_allowed() {
        for allowed in SignatureAlgorithm.allCases.filter(\.isSymmetric) {
            var world = World { $0.algorithms = [allowed] }
            let secret = TestToken.secret(1)
            world.rings = [TestToken.key(nil, secret, [allowed]).map { KeyRing(keys: [$0]) }]
            for used in SignatureAlgorithm.allCases.filter(\.isSymmetric) {
                let header = "{\"alg\":\"\(used.rawValue)\"}"
                let token = TestToken.token(header: header, secret: secret, algorithm: used)
                #expect(world.reason(token) == (used == allowed ? .allowed : .algorithmNotAllowed))
                // The MAC of another algorithm under an allowed name.
                let name = "{\"alg\":\"\(allowed.rawValue)\"}"
                let mixed = TestToken.token(header: name, secret: secret, algorithm: used)
                #expect(world.reason(mixed) == (used == allowed ? .allowed : .signatureInvalid))
            }
        }
    }

    @Test func a_key_bound_to_one_algorithm_does_not_serve_another_of_the_issuer() {
        var world = World { $0.algorithms = [.hs256, .hs512] }
        let secret = TestToken.secret(1)
        world.rings = [TestToken.key(nil, secret, [.hs512]).map { KeyRing(keys: [$0]) }]
        let header = #"{"alg":"HS512"}"#
        #expect(world.reason(TestToken.token(header: header, secret: secret, algorithm: .hs512)) == .allowed)
        #expect(world.reason(TestToken.token(secret: secret)) == .signatureInvalid)
    }

    @Test func an_algorithm_that_only_another_issuer_allows_is_not_allowed() {
        var world = World()
        world.policy.issuers.append(
            IssuerPolicy(name: "other", issuer: "https://other.example", algorithms: [.hs512], maximumLifetime: nil)
        )
        let secret = TestToken.secret(1)
        world.rings.append(TestToken.key(nil, secret, [.hs512]).map { KeyRing(keys: [$0]) })
        let header = #"{"alg":"HS512"}"#
        let other = TestToken.token(
            ["iss": "\"https://other.example\""],
            header: header,
            secret: secret,
            algorithm: .hs512
        )
        #expect(world.reason(other) == .allowed)
        #expect(
            world.reason(TestToken.token(header: header, secret: secret, algorithm: .hs512)) == .algorithmNotAllowed
        )
    }

    // RFC 7515 §4.1.11; RFC 7797 §6: nothing is understood, so everything that must be understood is refused.
    @Test(arguments: [
        #""crit":["exp"]"#, #""crit":[]"#, #""crit":"exp""#, #""crit":null"#, #""crit":{}"#,
        #""crit":["b64"],"b64":false"#,
        #""crit":["b64"],"b64":true"#, #""b64":false"#, #""b64":true"#, #""\u0063rit":["x"]"#, #""crit":["alg"]"#,
        #""crit":[1]"#,
        #""b64":null"#, #""crit":false"#,
    ])
    func a_critical_header_is_refused(member: String) {
        #expect(World().reason(header: "{\"alg\":\"HS256\",\(member)}") == .criticalHeaderUnsupported)
    }

    // RFC 8725 §3.10: keys come from the configuration alone.
    @Test func keys_and_addresses_in_the_header_change_nothing() {
        let members = [
            #""jku":"http://127.0.0.1:1/jwks.json""#, #""x5u":"http://127.0.0.1:1/c.pem""#, #""x5c":["MIIB"]"#,
            #""x5t":"AA""#,
            #""jwk":{"kty":"oct","k":"YW5vdGhlci1zZWNyZXQtb2YtYXQtbGVhc3QtMzItYnl0ZXM"}"#, #""cty":"JWT""#,
            #""zip":"DEF""#,
            #""unknown":{"a":[1]}"#,
        ]
        for member in members {
            let header = "{\"alg\":\"HS256\",\(member)}"
            #expect(World().reason(header: header) == .allowed)
            #expect(World().reason(TestToken.token(header: header, secret: TestToken.otherSecret)) == .signatureInvalid)
        }
    }

    @Test(arguments: [
        (#""typ":"at+jwt""#, true), (#""typ":"AT+JWT""#, true), (#""typ":"application/at+jwt""#, true),
        (#""typ":"Application/AT+jwt""#, true), (#""typ":"at\u002bjwt""#, true), (#""typ":"JWT""#, false),
        (#""typ":"""#, false),
        (#""typ":"at+jwt ""#, false), (#""typ":"application/""#, false), (#""typ":"text/at+jwt""#, false),
        (#""x":1"#, false),
        (#""typ":"application/application/at+jwt""#, false), (#""typ":"at+jwt;v=1""#, false),
        (#""typ":"xat+jwt""#, false),
    ])
    func an_explicit_type_is_asked_for_without_case_and_prefix(member: String, isAllowed: Bool) {
        let world = World { $0.types = ["at+jwt"] }
        #expect(world.reason(header: "{\"alg\":\"HS256\",\(member)}") == (isAllowed ? .allowed : .typeNotAllowed))
        // Where no type is asked for, none is looked at.
        #expect(World().reason(header: "{\"alg\":\"HS256\",\(member)}") == .allowed)
    }

    @Test func any_of_several_types_counts() {
        let world = World { $0.types = ["JWT", "at+jwt"] }
        for type in ["jwt", "JWT", "at+jwt", "application/jwt"] {
            #expect(world.reason(header: "{\"alg\":\"HS256\",\"typ\":\"\(type)\"}") == .allowed, "\(type)")
        }
        #expect(world.reason(header: #"{"alg":"HS256","typ":"id+jwt"}"#) == .typeNotAllowed)
    }
}

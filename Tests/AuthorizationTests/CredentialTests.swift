import Authorization
import JOSE
import Testing

@Suite struct CredentialTests {
    private func reason(_ world: World, _ credential: TestRequest.Credential) -> Reason {
        var request = TestRequest()
        request.credential = credential
        return world.decide(request).reason
    }

    @Test func the_usual_token_is_allowed() {
        let decision = World().decide(TestRequest(token: TestToken.token()))
        #expect(decision == Decision(.allowed, rule: 0, issuer: 0))
        #expect(decision.outcome == .allow)
    }

    @Test func no_credential_a_repeated_one_and_a_malformed_one_are_told_apart() {
        let world = World()
        #expect(reason(world, .absent) == .tokenMissing)
        #expect(reason(world, .repeated) == .tokenRepeated)
        #expect(reason(world, .malformed) == .tokenMalformed)
        #expect(world.decide(TestRequest()).rule == 0)
    }

    @Test func a_token_may_be_as_long_as_the_limit_and_no_longer() {
        var world = World()
        let token = TestToken.token()
        world.policy.maximumTokenBytes = token.utf8.count
        #expect(world.reason(token) == .allowed)
        world.policy.maximumTokenBytes -= 1
        #expect(world.reason(token) == .tokenTooLong)
        #expect(World().reason(String(repeating: "a", count: 8193)) == .tokenTooLong)
        #expect(World().reason(String(repeating: "a", count: 8192)) == .tokenMalformed)
        // The length is judged before anything is decoded.
        #expect(World().reason(String(repeating: ".", count: 1_000_000)) == .tokenTooLong)
    }

    @Test(arguments: [
        "", ".", "..", "a", "a.b", "a.b.c", "a.b.c.d", "e30.e30.", ".e30.e30", "e30..e30", "%.%.%", " ", "null",
        "e30.e30.e30",
        "eyJhbGciOiJIUzI1NiJ9.e30", "eyJhbGciOiJIUzI1NiJ9.e30.", "eyJhbGciOiJIUzI1NiJ9..AA",
    ])
    func what_is_no_compact_jws_is_malformed(token: String) {
        #expect(World().reason(token) == .tokenMalformed)
    }

    // One value has one text: whatever a lenient decoder would skip or fill up is refused, in each part.
    @Test func every_part_is_canonical_base64url() {
        let parts = TestToken.token().split(separator: ".").map(String.init)
        for place in 0..<3 {
            for change in ["=", "==", "A===", " ", "\n", "\t", "\r\n", "+", "/", ".", "%3D", "é", "\u{0}"] {
                for changed in [parts[place] + change, change + parts[place]] {
                    var other = parts
                    other[place] = changed
                    #expect(World().reason(other.joined(separator: ".")) == .tokenMalformed, "part \(place) \(change)")
                }
            }
        }
        // The unused bits of the last character.
        let last = parts[2].last.map(String.init) ?? ""
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".map(String.init)
        for character in alphabet where character != last {
            let token = "\(parts[0]).\(parts[1]).\(parts[2].dropLast())\(character)"
            #expect([.tokenMalformed, .signatureInvalid].contains(World().reason(token)))
        }
        // JWE has five parts, a nested token is another's matter.
        #expect(World().reason(parts.joined(separator: ".") + ".AA.AA") == .tokenMalformed)
        #expect(World().reason("\"\(parts.joined(separator: "."))\"") == .tokenMalformed)
    }

    @Test(arguments: [
        "", "x", "null", "[]", "\"{}\"", "1", "{", "{}x", "{\"sub\":\"a\",\"sub\":\"b\"}",
        "{\"sub\":\"a\",\"s\\u0075b\":\"b\"}", "\u{FEFF}{}",
        "{\"exp\":1800000060,\"exp\":1}",
        "{\"o\":{\"a\":1,\"a\":2}}",
    ])
    func claims_that_are_no_strict_json_object_are_malformed(payload: String) {
        #expect(World().reason(TestToken.sign(payload: payload)) == .tokenMalformed)
    }

    @Test func claims_that_are_not_utf_8_or_too_deep_are_malformed() {
        var input = TestToken.base64url(TestToken.header) + "."
        input += TestToken.base64url(Array("{\"a\":\"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8))
        let mac = TestToken.mac(Array(input.utf8), TestToken.secret, .hs256)
        #expect(World().reason(input + "." + TestToken.base64url(mac)) == .tokenMalformed)
        for (depth, expected) in [(62, Reason.allowed), (63, .allowed), (64, .tokenMalformed), (1000, .tokenMalformed)]
        {
            let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            #expect(World().reason(["deep": deep]) == expected, "\(depth)")
        }
    }

    @Test(arguments: [
        "", "x", "[]", "{}", "\"HS256\"", #"{"typ":"JWT"}"#, #"{"alg":null}"#, #"{"alg":256}"#, #"{"alg":["HS256"]}"#,
        #"{"alg":{}}"#,
        #"{"alg":"HS256","alg":"HS256"}"#, #"{"alg":"none","alg":"HS256"}"#, #"{"alg":"HS256","\u0061lg":"none"}"#,
        #"{"alg":"HS256","kid":1}"#, #"{"alg":"HS256","kid":null}"#, #"{"alg":"HS256","kid":[]}"#,
        #"{"alg":"HS256","typ":1}"#,
        #"{"alg":"HS256","typ":{}}"#, #"{"alg":"HS256"}x"#, #"{"ALG":"HS256"}"#,
        #"{"alg":"HS256","kid":"a","kid":"b"}"#,
    ])
    func a_header_that_is_no_jose_header_is_malformed(header: String) {
        #expect(World().reason(TestToken.sign(header: header, payload: TestToken.claims())) == .tokenMalformed)
    }

    @Test func places_of_two_kinds_are_told_apart_by_their_source() {
        var world = World()
        var cookie = world.policy.issuers[0]
        cookie.name = "browser"
        cookie.credential = .cookie("session")
        world.policy.issuers.append(cookie)
        world.rings.append(TestToken.key(nil, TestToken.otherSecret).map { KeyRing(keys: [$0]) })
        let authorizer = world.authorizer()
        #expect(authorizer.credentialSources == [.authorization, .cookie("session")])
        let header = TestToken.token()
        let browser = TestToken.token(secret: TestToken.otherSecret)
        #expect(world.decide(TestRequest(token: header)).issuer == 0)
        #expect(reason(world, .token(browser, source: 1)) == .allowed)
        // A token in the other's place is judged by that place's issuers alone.
        #expect(reason(world, .token(browser, source: 0)) == .signatureInvalid)
        #expect(reason(world, .token(header, source: 1)) == .signatureInvalid)
        for source in [2, 99, -1, Int.max, Int.min] {
            #expect(reason(world, .token(header, source: source)) != .allowed)
        }
    }

    @Test func issuers_with_one_place_share_its_source() {
        var world = World()
        world.policy.issuers.append(world.policy.issuers[0])
        world.policy.issuers[1].issuer = "https://second.example"
        world.rings.append(TestToken.key(nil, TestToken.otherSecret).map { KeyRing(keys: [$0]) })
        #expect(world.authorizer().credentialSources == [.authorization])
        let second = TestToken.token(["iss": "\"https://second.example\""], secret: TestToken.otherSecret)
        #expect(world.decide(TestRequest(token: second)).issuer == 1)
        #expect(world.decide(TestRequest(token: TestToken.token())).issuer == 0)
        // A key of one issuer does not speak for the other.
        #expect(world.reason(TestToken.token(["iss": "\"https://second.example\""])) == .signatureInvalid)
        #expect(world.reason(TestToken.token(secret: TestToken.otherSecret)) == .signatureInvalid)
    }
}

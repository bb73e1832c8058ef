import Authorization
import JOSE
import Testing

@Suite struct KeySelectionTests {
    private func world(_ keys: [VerificationKey?]) -> World {
        var world = World()
        world.rings = [KeyRing(keys: keys.compactMap { $0 })]
        return world
    }

    private func world(_ entries: [KeyRing.Entry?]) -> World {
        var world = World()
        world.rings = [KeyRing(entries: entries.compactMap { $0 })]
        return world
    }

    private func entry(_ keyID: String?, _ secret: Int, until retiresAt: Double? = nil) -> KeyRing.Entry? {
        TestToken.key(keyID, TestToken.secret(secret))
            .map { KeyRing.Entry(key: $0, retiresAt: retiresAt.map { Timestamp(seconds: $0) }) }
    }

    private func key(_ keyID: String?, _ secret: Int) -> VerificationKey? {
        TestToken.key(keyID, TestToken.secret(secret))
    }

    private func token(_ secret: Int, kid: String? = nil) -> String {
        let header = kid.map { "{\"alg\":\"HS256\",\"kid\":\"\($0)\"}" } ?? #"{"alg":"HS256"}"#
        return TestToken.token(header: header, secret: TestToken.secret(secret))
    }

    @Test func a_named_key_is_found_by_its_name_only() {
        let world = world([key("a", 1), key("b", 2)])
        #expect(world.reason(token(1, kid: "a")) == .allowed)
        #expect(world.reason(token(2, kid: "b")) == .allowed)
        // Another key's name is no way in, and an unknown name tries nobody's key.
        #expect(world.reason(token(1, kid: "b")) == .signatureInvalid)
        for kid in ["c", "", "A", "a ", "aa", "../a", "a' OR '1'='1", "a\\u0000", "/dev/null", "\\ud83d\\ude00"] {
            #expect(world.reason(token(1, kid: kid)) == .keyUnknown, "\(kid)")
        }
        #expect(world.reason(token(1, kid: "\\u0061")) == .allowed)
    }

    @Test func an_unknown_name_never_falls_back_to_another_key() {
        let world = world([key("a", 1), key(nil, 2), key(nil, 3)])
        for secret in 1...3 { #expect(world.reason(token(secret, kid: "elsewhere")) == .keyUnknown) }
        // A name that is known stays with its key.
        #expect(world.reason(token(2, kid: "a")) == .signatureInvalid)
        #expect(world.reason(token(2)) == .allowed)
    }

    // A text of secrets and a PEM file name no key, so a token's name selects nothing there.
    @Test func where_no_key_has_a_name_a_tokens_name_selects_nothing() {
        let world = world([key(nil, 2), key(nil, 3)])
        #expect(world.reason(token(2, kid: "elsewhere")) == .allowed)
        #expect(world.reason(token(3, kid: "elsewhere")) == .allowed)
        #expect(world.reason(token(1, kid: "elsewhere")) == .signatureInvalid)
    }

    @Test func a_token_without_a_name_may_be_by_any_key() {
        let world = world([key("a", 1), key(nil, 2), key("c", 3)])
        for secret in 1...3 { #expect(world.reason(token(secret)) == .allowed) }
        #expect(world.reason(token(4)) == .signatureInvalid)
    }

    // How many keys are tried for one token is bounded; those that a token without a name is most likely by come first.
    @Test func a_key_without_a_name_is_tried_however_many_named_ones_stand_before_it() {
        let named = (0..<100).map { key("k\($0)", $0) }
        let world = world(named + [key(nil, 500)])
        #expect(world.reason(token(500)) == .allowed)
        #expect(world.reason(token(99, kid: "k99")) == .allowed)
        #expect(world.reason(token(500, kid: "not-there")) == .keyUnknown)
    }

    @Test func a_thousand_named_keys_are_each_found() {
        let world = world((0..<1000).map { key("key-\($0)", $0) })
        for number in [0, 1, 499, 998, 999] {
            #expect(world.reason(token(number, kid: "key-\(number)")) == .allowed)
            #expect(world.reason(token(number, kid: "key-\((number + 1) % 1000)")) == .signatureInvalid)
        }
    }

    @Test func an_empty_name_is_a_name() {
        let world = world([key("", 1), key("a", 2)])
        #expect(world.reason(token(1, kid: "")) == .allowed)
        #expect(world.reason(token(2, kid: "")) == .signatureInvalid)
    }

    @Test func a_retired_key_counts_until_its_time_to_the_second() {
        let end = TestToken.now + 30
        let world = world([entry(nil, 1), entry(nil, 2, until: end)])
        for (now, expected) in [
            (end - 30, Reason.allowed), (end - 1, .allowed), (end - 0.001, .allowed), (end, .signatureInvalid),
            (end + 1, .signatureInvalid),
        ] {
            #expect(world.reason(token(2), at: now) == expected, "\(now - end)")
            #expect(world.reason(token(1), at: now) == .allowed)
        }
    }

    @Test func a_retired_key_is_found_by_its_name_too() {
        let end = TestToken.now + 30
        let world = world([entry("new", 1), entry("old", 2, until: end)])
        #expect(world.reason(token(2, kid: "old"), at: end - 1) == .allowed)
        #expect(world.reason(token(2, kid: "old"), at: end) != .allowed)
        #expect(world.reason(token(1, kid: "new"), at: end) == .allowed)
    }

    // A file that is named after its key keeps its name when its secret is rotated.
    @Test func a_retired_key_with_the_name_of_a_current_one_still_verifies_within_its_overlap() {
        let end = TestToken.now + 30
        let world = world([entry("main", 1), entry("main", 2, until: end), entry("main", 3, until: end - 10)])
        #expect(world.reason(token(1, kid: "main")) == .allowed)
        #expect(world.reason(token(2, kid: "main")) == .allowed)
        #expect(world.reason(token(3, kid: "main")) == .allowed)
        #expect(world.reason(token(3, kid: "main"), at: end - 10) == .signatureInvalid)
        #expect(world.reason(token(2, kid: "main"), at: end) == .signatureInvalid)
        #expect(world.reason(token(1, kid: "main"), at: end) == .allowed)
        #expect(world.reason(token(4, kid: "main")) == .signatureInvalid)
    }

    @Test func without_keys_nothing_is_allowed_and_authd_says_that_it_is_its_own_fault() {
        var world = World()
        for rings in [[], [nil], [KeyRing(keys: [])]] as [[KeyRing?]] {
            world.rings = rings
            let decision = world.decide(TestRequest(token: TestToken.token()))
            #expect(decision.reason == .keysUnavailable)
            #expect(decision.outcome == .error)
            #expect(world.reason(TestToken.token(secret: TestToken.otherSecret)) == .keysUnavailable)
        }
    }

    @Test func rings_beyond_the_issuers_are_not_looked_at() {
        var world = World()
        world.rings += [TestToken.key(nil, TestToken.otherSecret).map { KeyRing(keys: [$0]) }]
        #expect(world.reason(TestToken.token(secret: TestToken.otherSecret)) == .signatureInvalid)
        #expect(world.reason() == .allowed)
    }

    @Test func every_wrong_bit_of_a_signature_is_refused_alike() {
        let token = TestToken.token()
        let input = token.split(separator: ".").prefix(2).joined(separator: ".")
        let mac = TestToken.mac(Array(input.utf8), TestToken.secret, .hs256)
        var authorizer = World().authorizer()
        for bit in 0..<256 {
            var bad = mac
            bad[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(
                authorizer.decide(TestRequest(token: input + "." + TestToken.base64url(bad))).reason
                    == .signatureInvalid
            )
        }
        for count in [1, 16, 31, 33, 64] {
            let other = Array((mac + mac).prefix(count))
            #expect(
                authorizer.decide(TestRequest(token: input + "." + TestToken.base64url(other))).reason
                    == .signatureInvalid
            )
        }
        #expect(authorizer.decide(TestRequest(token: token)).reason == .allowed)
    }

    @Test func every_changed_character_of_a_token_is_refused() {
        let token = Array(TestToken.token().utf8)
        var authorizer = World().authorizer()
        for place in token.indices {
            for byte in [
                UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "="), 0,
            ] {
                guard token[place] != byte else { continue }
                var changed = token
                changed[place] = byte
                let decision = authorizer.decide(TestRequest(token: String(decoding: changed, as: UTF8.self)))
                #expect(decision.outcome == .deny, "byte \(byte) at \(place)")
            }
        }
    }
}

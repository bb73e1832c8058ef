import Authorization
import Testing

@Suite struct TimeClaimTests {
    private static let now = TestToken.now

    private func seconds(_ offset: Int) -> String { "\(Int(Self.now) + offset)" }

    // RFC 7519 §4.1.4: "on or after" the expiration time.
    @Test(arguments: [0.0, 30])
    func a_token_expires_to_the_second(leeway: Double) {
        let world = World { $0.leeway = leeway }
        let end = Self.now + 60 + leeway
        for (now, expected) in [
            (end - 1, Reason.allowed), (end - 0.01, .allowed), (end, .tokenExpired), (end + 0.01, .tokenExpired),
            (end + 86_400, .tokenExpired),
        ] {
            #expect(world.reason(at: now) == expected, "\(now - end) with \(leeway)")
        }
    }

    // RFC 7519 §4.1.5: "after or equal to" the not-before time.
    @Test(arguments: [0.0, 30])
    func a_token_begins_to_the_second(leeway: Double) {
        let world = World { $0.leeway = leeway }
        let changes = ["nbf": seconds(10), "iat": nil]
        let start = Self.now + 10 - leeway
        for (now, expected) in [
            (start - 1, Reason.tokenNotYetValid), (start - 0.01, .tokenNotYetValid), (start, .allowed),
            (start + 0.01, .allowed),
        ] {
            #expect(world.reason(changes, at: now) == expected, "\(now - start) with \(leeway)")
        }
    }

    @Test(arguments: [0.0, 30])
    func a_token_from_the_future_is_refused_unless_that_is_switched_off(leeway: Double) {
        let world = World { $0.leeway = leeway }
        let edge = Self.now + 10 - leeway
        #expect(world.reason(["iat": seconds(10)], at: edge - 0.01) == .issuedInFuture)
        #expect(world.reason(["iat": seconds(10)], at: edge) == .allowed)
        let open = World {
            $0.leeway = leeway
            $0.refusesFutureIssue = false
        }
        #expect(open.reason(["iat": seconds(50)]) == .allowed)
    }

    @Test func fractions_of_a_second_count() {
        let world = World()
        #expect(world.reason(["exp": "1800000000.5"], at: Self.now + 0.25) == .allowed)
        #expect(world.reason(["exp": "1800000000.5"], at: Self.now + 0.5) == .tokenExpired)
        #expect(world.reason(["exp": "1.8e9"]) == .tokenExpired)
        #expect(world.reason(["exp": "1.80000006E9"]) == .allowed)
        #expect(world.reason(["nbf": "1800000000.25"], at: Self.now) == .tokenNotYetValid)
    }

    // RFC 7519 §2: a NumericDate is a JSON number; anything else is not the same as absent.
    @Test(arguments: [
        "\"1800000060\"", "null", "true", "false", "[]", "[1800000060]", "{}", "\"\"", "1e400", "-1e400",
        "9007199254740992",
        "-9007199254740992", "9223372036854775807", "9223372036854775808", "18446744073709551616",
        "99999999999999999999999999", "1e16",
    ])
    func what_is_no_number_of_seconds_below_two_to_the_53_is_malformed(value: String) {
        for name in ["exp", "nbf", "iat"] { #expect(World().reason([name: value]) == .claimMalformed, "\(name)") }
    }

    @Test func the_ends_of_time_are_dates() {
        let world = World()
        #expect(world.reason(["exp": "9007199254740991"]) == .allowed)
        #expect(world.reason(["exp": "9007199254740991.0"]) == .allowed)
        #expect(world.reason(["nbf": "-9007199254740991", "iat": "-1"]) == .allowed)
        #expect(world.reason(["nbf": "0", "iat": "-0"]) == .allowed)
        #expect(world.reason(["exp": "0"]) == .tokenExpired)
        #expect(world.reason(["exp": "-5"]) == .tokenExpired)
        // 2038, 2106 and year 9999.
        for end in [2_147_483_648.0, 4_294_967_296, 253_402_300_800] {
            let changes = ["exp": "\(Int(end))", "iat": nil]
            #expect(world.reason(changes, at: end - 1) == .allowed)
            #expect(world.reason(changes, at: end) == .tokenExpired)
        }
    }

    @Test func a_leeway_does_not_carry_a_date_over_its_bound() {
        let world = World { $0.leeway = 300 }
        #expect(world.reason(["exp": "9007199254740991"], at: 9_007_199_254_740_991) == .allowed)
        #expect(world.reason(["exp": "9007199254740992"]) == .claimMalformed)
    }

    @Test func a_lifetime_is_counted_from_iat() {
        let world = World { $0.maximumLifetime = 100 }
        #expect(world.reason(["iat": seconds(-10), "exp": seconds(90)]) == .allowed)
        #expect(world.reason(["iat": seconds(-10), "exp": seconds(91)]) == .lifetimeTooLong)
        #expect(world.reason(["iat": seconds(-1000), "exp": seconds(1)]) == .lifetimeTooLong)
        #expect(world.reason(["iat": seconds(0), "exp": "1800000100.5"]) == .lifetimeTooLong)
    }

    @Test func a_lifetime_without_iat_is_counted_from_now() {
        let world = World { $0.maximumLifetime = 100 }
        #expect(world.reason(["iat": nil, "exp": seconds(100)]) == .allowed)
        #expect(world.reason(["iat": nil, "exp": seconds(101)]) == .lifetimeTooLong)
        // Later it is no longer too long: what is left is within the bound.
        #expect(world.reason(["iat": nil, "exp": seconds(101)], at: Self.now + 1) == .allowed)
    }

    @Test func a_lifetime_bounds_nothing_where_no_exp_is_asked_for_and_none_is_there() {
        let world = World {
            $0.maximumLifetime = 100
            $0.requiredClaims = []
        }
        #expect(world.reason(["exp": nil]) == .allowed)
        #expect(World().reason(["exp": nil]) == .claimMissing)
    }
}

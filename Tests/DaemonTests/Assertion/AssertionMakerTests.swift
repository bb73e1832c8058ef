import Authorization
import Crypto
import Foundation
import JOSE
import TestSupport
import Testing

@testable import Daemon

/// What an assertion says, and when a new one is made.
@Suite struct AssertionMakerTests {
    private let policy: Policy
    private var maker = AssertionMaker()
    private static let now = Timestamp(seconds: 1_800_000_000.75)

    init() throws {
        let claim = try #require(ClaimPath("sub"))
        let rules = try ["one", "two"].map { name in
            Rule(
                name: name,
                match: RequestMatch(path: try PathPattern("/\(name)")),
                effect: .require(Requirement()),
                upstream: name == "one" ? "hello" : nil
            )
        }
        policy = Policy(
            issuers: [IssuerPolicy(name: "main", algorithms: [.hs256])],
            rules: rules,
            identityHeaders: [IdentityHeader(header: "X-User", claim: claim)]
        )
    }

    private func token(_ changes: [String: JSONValue?] = [:]) -> [UInt8] {
        Array(TokenMint(secret: DaemonConfiguration.secret).token(changes).utf8)
    }

    /// The identity that the authorizer gives for a decision.
    private func identity(_ token: [UInt8], rule: String = "one") throws -> IdentityValues {
        let secret = Array(DaemonConfiguration.secret.utf8)
        let keys = try KeyFile(secret.span, requirements: KeyRequirements(algorithms: [.hs256])).keys
        let snapshot = AuthorizationSnapshot(policy: policy, keyRings: [KeyRing(keys: keys)], generation: 1)
        var authorizer = Authorizer(snapshot)
        let bytes = Array("GET/\(rule)".utf8) + token
        let target = 3..<4 + rule.utf8.count
        let request = AuthorizationRequest(
            method: 0..<3,
            target: target,
            host: nil,
            credential: .token(target.upperBound..<bytes.count, source: 0)
        )
        let decision = authorizer.decide(request, in: bytes.span, now: Timestamp(seconds: Date().timeIntervalSince1970))
        #expect(decision.outcome == .allow, "\(decision)")
        return authorizer.identity
    }

    private mutating func make(
        _ plan: AssertionPlan,
        _ token: [UInt8],
        rule: Int = 0,
        now: Timestamp = now
    ) throws -> String {
        let made = maker.assertion(
            plan,
            policy,
            Decision(.allowed, rule: rule, issuer: 0),
            token: token.span,
            identity: try identity(token, rule: rule == 0 ? "one" : "two"),
            now: now
        )
        return String(decoding: made, as: UTF8.self)
    }

    @Test mutating func it_says_who_where_when_and_by_which_rule() throws {
        let plan = try AssertionSample.plan()
        let claims = try AssertionSample.verified(try make(plan, token()), keySet: plan.keySet.body)
        #expect(claims["iss"] as? String == "authd" && claims["aud"] as? String == "hello")
        #expect(claims["sub"] as? String == "alice")
        #expect(claims["iat"] as? Int == 1_800_000_000 && claims["exp"] as? Int == 1_800_000_060)
        #expect((claims["jti"] as? String)?.count == 22)
        let details = try #require(claims["authd"] as? [String: Any])
        #expect(details["rule"] as? String == "one" && details["issuer"] as? String == "main")
        #expect(details["headers"] as? [String: String] == ["X-User": "alice"])
    }

    @Test mutating func an_audience_may_be_configured_or_absent_and_so_may_a_subject() throws {
        let named = try AssertionSample.plan(AssertionSample.settings(audience: "everybody"))
        let claims = try AssertionSample.verified(try make(named, token()), keySet: named.keySet.body)
        #expect(claims["aud"] as? String == "everybody")
        let plan = try AssertionSample.plan()
        maker.forget()
        let bare = try make(plan, token(["sub": nil]), rule: 1)
        let others = try AssertionSample.verified(bare, keySet: plan.keySet.body)
        #expect(others["aud"] == nil && others["sub"] == nil)
        #expect((others["authd"] as? [String: Any])?["headers"] == nil)
    }

    @Test mutating func a_subject_with_every_kind_of_character_arrives_as_it_was() throws {
        let plan = try AssertionSample.plan()
        let subject = "a\"b\\c\u{1}\n\u{2028}é😀</script>"
        let claims = try AssertionSample.verified(
            try make(plan, token(["sub": .string(subject)])),
            keySet: plan.keySet.body
        )
        #expect(claims["sub"] as? String == subject)
    }

    @Test mutating func an_Ed25519_key_signs_too() throws {
        let secret = Curve25519.Signing.PrivateKey()
        func text(_ data: Data) -> String { TokenMint.base64url(Array(data)) }
        let jwk =
            #"{"kty":"OKP","crv":"Ed25519","d":"\#(text(secret.rawRepresentation))","#
            + #""x":"\#(text(secret.publicKey.rawRepresentation))"}"#
        let plan = try AssertionSample.plan(key: try AssertionSample.key(jwk))
        let claims = try AssertionSample.verified(try make(plan, token()), keySet: plan.keySet.body)
        #expect(claims["sub"] as? String == "alice")
    }

    @Test mutating func a_repeated_token_is_signed_once_for_half_of_the_lifetime() throws {
        let plan = try AssertionSample.plan()
        let token = token()
        let first = try make(plan, token)
        let again = try make(plan, token, now: Timestamp(seconds: 1_800_000_029.9))
        #expect(again == first && maker.counts.signed == 1 && maker.counts.reused == 1)
        let later = try make(plan, token, now: Timestamp(seconds: 1_800_000_030))
        #expect(later != first && maker.counts.signed == 2)
        let claims = try AssertionSample.verified(later, keySet: plan.keySet.body)
        #expect(claims["exp"] as? Int == 1_800_000_090)
    }

    @Test mutating func another_token_another_rule_and_a_clock_set_back_get_one_of_their_own() throws {
        let plan = try AssertionSample.plan()
        let token = token()
        var all = Set<String>()
        all.insert(try make(plan, token))
        all.insert(try make(plan, token, rule: 1))
        all.insert(try make(plan, self.token(["sub": "bob"])))
        all.insert(try make(plan, token, now: Timestamp(seconds: 1_799_999_000)))
        maker.forget()
        all.insert(try make(plan, token))
        #expect(all.count == 5)
    }

    @Test mutating func what_is_no_allow_of_this_policy_gets_none() throws {
        let plan = try AssertionSample.plan()
        let token = token()
        let values = try identity(token)
        let decisions = [
            Decision(.allowed, rule: nil, issuer: 0), Decision(.allowed, rule: 7, issuer: 0),
            Decision(.allowed, rule: 0, issuer: nil), Decision(.allowed, rule: 0, issuer: 3),
        ]
        for decision in decisions {
            let made = maker.assertion(
                plan,
                policy,
                decision,
                token: token.span,
                identity: values,
                now: Self.now
            )
            #expect(made.isEmpty)
        }
        #expect(maker.counts == AssertionCounts())
    }
}

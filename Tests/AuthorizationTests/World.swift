import Authorization
import JOSE

/// A policy and keys that a test decides in. The standard one lets `alice`'s usual token through everywhere.
struct World {
    var policy: Policy
    var rings: [KeyRing?]
    var revocations: RevocationTable?
    var now = TestToken.now

    init(
        rules: [Rule] = [Self.rule("/**")],
        identity: [IdentityHeader] = [],
        issuer change: (inout IssuerPolicy) -> Void = { _ in }
    ) {
        var issuer = IssuerPolicy(
            name: "invoker",
            issuer: TestToken.issuer,
            audiences: ["hello-api"],
            algorithms: [.hs256],
            leeway: 0,
            maximumLifetime: nil
        )
        change(&issuer)
        policy = Policy(issuers: [issuer], rules: rules, identityHeaders: identity)
        rings = [TestToken.key().map { KeyRing(keys: [$0]) }]
    }

    /// A rule for a path that needs a valid token, unless another effect is given.
    static func rule(
        _ path: String,
        name: String? = nil,
        host: String? = nil,
        methods: [String] = [],
        _ effect: Rule.Effect = .require(Requirement()),
        mode: Rule.Mode = .enforce
    ) -> Rule {
        do throws(PathPattern.Refusal) {
            let pattern = try PathPattern(path)
            let match = RequestMatch(host: host.flatMap { HostPattern($0) }, path: pattern, methods: methods)
            return Rule(name: name ?? path, match: match, effect: effect, mode: mode)
        } catch {
            preconditionFailure("a test's own pattern: \(error.message)")
        }
    }

    var snapshot: AuthorizationSnapshot {
        AuthorizationSnapshot(policy: policy, keyRings: rings, revocations: revocations, generation: 1)
    }

    func authorizer() -> Authorizer { Authorizer(snapshot) }

    func decide(_ request: TestRequest, at now: Double? = nil) -> Decision {
        var authorizer = authorizer()
        return authorizer.decide(request, at: now ?? self.now)
    }

    /// What a `GET /hello` with the token is decided as.
    func reason(_ token: String, at now: Double? = nil) -> Reason {
        decide(TestRequest(token: token), at: now).reason
    }

    /// The same for the usual token with changed claims.
    func reason(_ changes: [String: String?] = [:], header: String = TestToken.header, at now: Double? = nil) -> Reason
    {
        reason(TestToken.token(changes, header: header), at: now)
    }
}

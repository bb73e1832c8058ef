import APIGateway
import Authorization
import JOSE
import TestSupport

/// A policy, keys and a clock to answer events in. The standard one lets any valid token through everywhere.
struct GatewayWorld {
    static let now = 1_800_000_000.0
    static let secret = "a-shared-secret-of-32-bytes-long"

    var policy: Policy
    var options = AnswerOptions()
    var hasKeys = true

    init(
        rules: [Rule] = [Self.rule("/**")],
        identity: [(String, String)] = [],
        credentials: [CredentialSource] = [.authorization]
    ) {
        let issuers = credentials.enumerated().map { index, credential in
            IssuerPolicy(
                name: "issuer\(index)",
                issuer: index == 0 ? nil : "issuer\(index)",
                algorithms: [.hs256],
                leeway: 0,
                maximumLifetime: nil,
                credential: credential
            )
        }
        policy = Policy(
            issuers: issuers,
            rules: rules,
            identityHeaders: identity.compactMap { name, claim in
                ClaimPath(claim).map { IdentityHeader(header: name, claim: $0) }
            }
        )
    }

    static func rule(
        _ path: String,
        host: String? = nil,
        methods: [String] = [],
        _ effect: Rule.Effect = .require(Requirement()),
        mode: Rule.Mode = .enforce
    ) -> Rule {
        do throws(PathPattern.Refusal) {
            let match = RequestMatch(
                host: host.flatMap { HostPattern($0) },
                path: try PathPattern(path),
                methods: methods
            )
            let name = path + methods.joined()
            return Rule(name: name, match: match, effect: effect, mode: mode)
        } catch {
            preconditionFailure("a test's own pattern: \(error.message)")
        }
    }

    var snapshot: AuthorizationSnapshot {
        let secret = Array(Self.secret.utf8)
        let key = SecretKeyBytes(copying: secret.span)
            .map { VerificationKey(keyID: nil, algorithms: [.hs256], material: .secret($0)) }
        let ring = hasKeys ? KeyRing(keys: [key].compactMap { $0 }) : nil
        return AuthorizationSnapshot(policy: policy, keyRings: policy.issuers.map { _ in ring }, generation: 1)
    }

    func outcome(_ event: String) -> EventOutcome {
        var door = EventAuthorizer(snapshot, options: options)
        return door.answer(Array(event.utf8), now: Timestamp(seconds: Self.now))
    }

    /// The reason of the decision; nil for what is no event.
    func reason(_ event: String) -> Reason? { outcome(event).decision?.reason }

    /// The response; fails the test's expectation by being nil where there is none.
    func response(_ event: String) throws -> Response {
        guard case .response(let bytes) = outcome(event).answer else {
            throw TestSupportError("no response: \(outcome(event))")
        }
        return try Response(bytes)
    }

    /// What the core says to the request, without a door.
    func decide(_ method: String, _ path: String, token: String) -> Decision {
        var authorizer = Authorizer(snapshot)
        let bytes = Array((method + path + token).utf8)
        let (first, second) = (method.utf8.count, method.utf8.count + path.utf8.count)
        let request = AuthorizationRequest(
            method: 0..<first,
            target: first..<second,
            host: nil,
            credential: .token(second..<bytes.count, source: 0)
        )
        return authorizer.decide(request, in: bytes.span, now: Timestamp(seconds: Self.now))
    }
}

/// Tokens for `GatewayWorld`.
enum Tokens {
    static let good = make()
    static let other = make(#"{"sub":"bob","exp":1800000060}"#)

    static func make(
        _ claims: String = #"{"sub":"alice","exp":1800000060,"scope":"read"}"#,
        secret: String = GatewayWorld.secret
    ) -> String {
        TokenMint(secret: secret).sign(payload: claims)
    }
}

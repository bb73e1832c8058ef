import Authorization
import JOSE

enum Failure: Error {
    case cannotSign
    case noKey
    case denied(Reason)
}

/// The world that is measured in: one issuer, rules that ask for it, a request with a token that is let in.
struct Sample {
    static let now = Timestamp(seconds: 1_800_000_000)
    static let claims = Array(
        #"{"iss":"https://issuer.example","aud":"hello-api","sub":"alice","exp":1900000000,"iat":1799999990}"#.utf8
    )

    var keys: [VerificationKey]
    var algorithm: SignatureAlgorithm
    var token: String
    var ruleCount = 10
    var rememberedTokens = 1024

    /// Something that decides the request over and over.
    func decider() throws -> (Int) throws -> Void {
        let decider = Decider(self, policy: try policy())
        return { times in try decider.decide(times) }
    }

    private func policy() throws -> Policy {
        let issuer = IssuerPolicy(
            name: "invoker",
            issuer: "https://issuer.example",
            audiences: ["hello-api"],
            algorithms: [algorithm],
            maximumLifetime: nil
        )
        var rules: [Rule] = []
        for index in 0..<ruleCount {
            rules.append(
                Rule(
                    name: "rule-\(index)",
                    match: RequestMatch(path: try PathPattern("/service-\(index)/**"), methods: ["GET", "HEAD"]),
                    effect: .require(Requirement(issuer: "invoker"))
                )
            )
        }
        let identity = ClaimPath("sub").map { [IdentityHeader(header: "X-Auth-Request-User", claim: $0)] } ?? []
        return Policy(issuers: [issuer], rules: rules, identityHeaders: identity)
    }
}

/// Decides one request in one world.
final class Decider {
    private var authorizer: Authorizer
    private let bytes: [UInt8]
    private let request: AuthorizationRequest

    init(_ sample: Sample, policy: Policy) {
        let snapshot = AuthorizationSnapshot(policy: policy, keyRings: [KeyRing(keys: sample.keys)], generation: 1)
        authorizer = Authorizer(snapshot, rememberedTokens: sample.rememberedTokens)
        // The last rule is the one that is met.
        let parts = ["GET", "/service-\(sample.ruleCount - 1)/hello?x=1", "api.example", sample.token].map {
            Array($0.utf8)
        }
        bytes = Array(parts.joined())
        let ends = parts.indices.map { index in parts[...index].reduce(0) { $0 + $1.count } }
        request = AuthorizationRequest(
            method: 0..<ends[0],
            target: ends[0]..<ends[1],
            host: ends[1]..<ends[2],
            credential: .token(ends[2]..<ends[3], source: 0)
        )
    }

    func decide(_ times: Int) throws {
        let bytes = self.bytes
        for _ in 0..<times {
            let decision = authorizer.decide(request, in: bytes.span, now: Sample.now)
            guard decision.outcome == .allow else { throw Failure.denied(decision.reason) }
        }
    }
}

import Authorization
import JOSE

/// A request that would be allowed, to which faults are added; and the policy it is decided in, in which every kind of
/// fault can happen.
struct FaultyRequest {
    var target = "/api/thing"
    var method = "GET"
    var host: String? = "api.example"
    var credential: TestRequest.Credential?
    var isCutShort = false
    var headerMembers = ["alg": "\"HS256\"", "typ": "\"at+jwt\"", "kid": "\"k1\""]
    var claims: [String: String?] = ["jti": "\"1\"", "scope": "\"read\"", "department": "\"eng\""]
    var secret = TestToken.secret
    var hasKeys = true

    static let now = TestToken.now

    private static let policy: Policy = {
        var policy = World { issuer in
            issuer.types = ["at+jwt"]
            issuer.maximumLifetime = 3600
            issuer.requiredClaims = ["exp", "jti"]
        }.policy
        var other = policy.issuers[0]
        other.name = "other"
        other.issuer = "https://other.example"
        policy.issuers.append(other)
        // Nobody's tokens come from it: it is there so that HS512 is allowed somewhere.
        other.name = "third"
        other.issuer = "https://third.example"
        other.algorithms = [.hs512]
        policy.issuers.append(other)
        let claims = ClaimPath("department").map { [ClaimRequirement(claim: $0, anyOf: [.string("eng")])] } ?? []
        let requirement = Requirement(issuer: "invoker", scopes: ["read"], claims: claims)
        policy.rules = [
            World.rule("/api/**", host: "api.example", methods: ["GET"], .require(requirement)),
            World.rule("/closed/**", host: "api.example", .deny),
            World.rule("/api/Secret", host: "api.example", .deny),
        ]
        policy.identityHeaders = ClaimPath("name").map { [IdentityHeader(header: "X-Name", claim: $0)] } ?? []
        return policy
    }()

    var world: World {
        var world = World()
        world.policy = Self.policy
        let ring = TestToken.key("k1").map { KeyRing(keys: [$0]) }
        world.rings = hasKeys ? [ring, ring, ring] : [nil, nil, nil]
        return world
    }

    var token: String {
        let header =
            "{" + headerMembers.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
            + "}"
        let token = TestToken.token(claims, header: header, secret: secret)
        return isCutShort ? String(token.prefix(while: { $0 != "." })) : token
    }

    var request: TestRequest {
        var request = TestRequest(target, method: method, host: host)
        request.credential = credential ?? .token(token, source: 0)
        return request
    }
}

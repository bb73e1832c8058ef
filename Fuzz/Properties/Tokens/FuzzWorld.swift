internal import Authorization
internal import JOSE

/// The policy that tokens and requests are fuzzed against. Its secret is new in each process, the private halves of its
/// public keys do not exist any more, and the one that does is beyond a fuzzer's reach: no input holds a signature that
/// is right.
struct FuzzWorld {
    static let now = Timestamp(seconds: 1_800_000_000)
    static let leeway = 30.0
    static let issuer = "https://issuer.example"
    static let signingIssuer = "https://signing.example"
    static let audience = "api"

    let snapshot: AuthorizationSnapshot
    /// What `SignedToken` signs with.
    let secret: SecretKeyBytes
    let privateKey: PrivateKey

    init() {
        let secret = Self.randomSecret()
        let privateKey = Self.readPrivateKey()
        self.secret = secret
        self.privateKey = privateKey
        let symmetric: [SignatureAlgorithm] = [.hs256, .hs384, .hs512]
        let ring = { (name: String?) in
            KeyRing(keys: [VerificationKey(keyID: name, algorithms: Set(symmetric), material: .secret(secret))])
        }
        snapshot = AuthorizationSnapshot(
            policy: Self.policy(symmetric),
            keyRings: [
                ring("k1"), ring(nil), KeyRing(keys: Self.publicKeys(PublishedKeys.set)),
                KeyRing(keys: Self.publicKeys(privateKey.publicJWK)),
            ],
            generation: 1
        )
    }

    func authorizer() -> Authorizer { Authorizer(snapshot) }

    /// The same policy after something has happened.
    func snapshot(keyRings: [KeyRing?]? = nil, revoking entry: RevocationEntry? = nil) -> AuthorizationSnapshot {
        AuthorizationSnapshot(
            policy: snapshot.policy,
            keyRings: keyRings ?? snapshot.keyRings,
            revocations: entry.map { RevocationTable([$0]) },
            generation: 2
        )
    }

    private static func publicKeys(_ text: String) -> [VerificationKey] {
        let requirements = KeyRequirements(algorithms: Self.asymmetric)
        let bytes = Array(text.utf8)
        guard let file = try? KeyFile(bytes.span, requirements: requirements), file.skipped.isEmpty else {
            fatalError("the fuzzers' own keys cannot be loaded")
        }
        return file.keys
    }

    private static func readPrivateKey() -> PrivateKey {
        let bytes = Array(PublishedKeys.privateKey.utf8)
        guard let key = try? PrivateKey(bytes.span) else { fatalError("the fuzzers' own key cannot be loaded") }
        return key
    }

    private static let asymmetric = SignatureAlgorithm.allCases.filter { !$0.isSymmetric }

    private static func policy(_ symmetric: [SignatureAlgorithm]) -> Policy {
        Policy(
            issuers: [
                IssuerPolicy(
                    name: "named",
                    issuer: issuer,
                    audiences: [audience],
                    algorithms: symmetric,
                    leeway: leeway,
                    maximumLifetime: 86_400,
                    requiredClaims: ["exp", "sub"],
                    types: ["jwt", "at+jwt"]
                ),
                IssuerPolicy(name: "open", algorithms: symmetric, leeway: leeway, maximumLifetime: nil),
                IssuerPolicy(
                    name: "public",
                    issuer: "https://public.example",
                    algorithms: asymmetric,
                    credential: .cookie("session")
                ),
                IssuerPolicy(name: "signing", issuer: signingIssuer, algorithms: asymmetric, leeway: leeway),
            ],
            rules: rules,
            identityHeaders: [("X-User", "sub"), ("X-Groups", "groups"), ("X-Tenant", "org.tenant")].compactMap {
                (header, claim) in ClaimPath(claim).map { IdentityHeader(header: header, claim: $0) }
            },
            maximumTokenBytes: 4096
        )
    }

    private static var rules: [Rule] {
        var role: [ClaimRequirement] = []
        if let path = ClaimPath("org.role") {
            role = [ClaimRequirement(claim: path, anyOf: [.string("admin"), .integer(1), .bool(true)])]
        }
        let eitherOf = Requirement(anyOf: [
            Requirement(scopes: ["write"]),
            Requirement(allOf: [Requirement(scopes: ["read"]), Requirement(claims: role)]),
        ])
        return [
            rule("any", "/any/**", .require(Requirement())),
            rule("either", "/either", .require(eitherOf)),
            rule("named", "/named/*", .require(Requirement(issuer: "named", scopes: ["read", "write"]))),
            rule("role", "/role", .require(Requirement(claims: role))),
            rule("health", "/health", .anonymous),
            rule("closed", "/closed/**", .deny),
        ].compactMap { $0 }
    }

    private static func rule(_ name: String, _ path: String, _ effect: Rule.Effect) -> Rule? {
        guard let pattern = try? PathPattern(path) else { return nil }
        return Rule(name: name, match: RequestMatch(path: pattern), effect: effect)
    }

    private static func randomSecret() -> SecretKeyBytes {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<64).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        guard let secret = SecretKeyBytes(copying: bytes.span) else { fatalError("no memory for a secret") }
        return secret
    }
}

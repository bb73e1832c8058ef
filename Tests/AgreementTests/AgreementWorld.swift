import Authorization
import Foundation
import JOSE
import TestSupport

/// The issuers of the differential test: every algorithm, one key and several, every setting that decides about a token.
struct AgreementWorld {
    let issuers: [AgreementIssuer]

    init(_ random: inout SeededGenerator) throws {
        func secret() -> [UInt8] { (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) } }
        func hmac(_ algorithms: SignatureAlgorithm..., keyID: String? = nil) -> AgreementKey {
            AgreementKey(secret: secret(), algorithms, keyID: keyID)
        }
        let rsa: [SignatureAlgorithm] = [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512]
        issuers = [
            AgreementIssuer(name: "hs256", algorithms: [.hs256], keys: [hmac(.hs256)], leeway: 30, weight: 12),
            AgreementIssuer(
                name: "hs384",
                algorithms: [.hs384],
                keys: [hmac(.hs384)],
                audiences: ["api", "other"],
                weight: 8
            ),
            AgreementIssuer(
                name: "hs512",
                algorithms: [.hs512],
                keys: [hmac(.hs512)],
                required: ["exp", "sub"],
                weight: 8
            ),
            AgreementIssuer(
                name: "hmac",
                algorithms: [.hs256, .hs384, .hs512],
                keys: [hmac(.hs256, .hs384, .hs512)],
                audiences: [],
                leeway: 60,
                weight: 8
            ),
            AgreementIssuer(
                name: "several",
                algorithms: [.hs256],
                keys: [hmac(.hs256, keyID: "a"), hmac(.hs256, keyID: "b"), hmac(.hs256, keyID: "c")],
                weight: 8
            ),
            AgreementIssuer(name: "typed", algorithms: [.hs256], keys: [hmac(.hs256)], types: ["at+jwt"], weight: 4),
            AgreementIssuer(
                name: "short",
                algorithms: [.hs256],
                keys: [hmac(.hs256)],
                maximumLifetime: 3600,
                weight: 4
            ),
            AgreementIssuer(name: "lasting", algorithms: [.hs256], keys: [hmac(.hs256)], required: [], weight: 4),
            AgreementIssuer(
                name: "rsa",
                algorithms: rsa,
                keys: [try AgreementKey(.rsa(bits: 2048), rsa)],
                leeway: 5,
                weight: 14
            ),
            AgreementIssuer(
                name: "bound",
                algorithms: [.rs256, .ps256],
                keys: [
                    try AgreementKey(.rsa(bits: 2048), [.rs256], keyID: "one", bound: true),
                    try AgreementKey(.rsa(bits: 3072), [.ps256], keyID: "two", bound: true),
                ],
                weight: 4
            ),
            AgreementIssuer(name: "p256", algorithms: [.es256], keys: [try AgreementKey(.p256, [.es256])], weight: 7),
            AgreementIssuer(
                name: "curves",
                algorithms: [.es256],
                keys: [
                    try AgreementKey(.p256, [.es256], keyID: "x"), try AgreementKey(.p256, [.es256], keyID: "y"),
                ],
                weight: 4
            ),
            AgreementIssuer(name: "p384", algorithms: [.es384], keys: [try AgreementKey(.p384, [.es384])], weight: 2),
            AgreementIssuer(name: "p521", algorithms: [.es512], keys: [try AgreementKey(.p521, [.es512])], weight: 2),
            AgreementIssuer(
                name: "ed25519",
                algorithms: [.edDSA],
                keys: [try AgreementKey(.ed25519, [.edDSA])],
                weight: 5
            ),
            AgreementIssuer(
                name: "named",
                algorithms: [.ed25519, .edDSA],
                keys: [try AgreementKey(.ed25519, [.ed25519, .edDSA])],
                weight: 3
            ),
            AgreementIssuer(
                name: "ed448",
                algorithms: [.edDSA, .ed448],
                keys: [try AgreementKey(.ed448, [.edDSA, .ed448])],
                weight: 3
            ),
        ]
    }

    /// authd with these issuers, and a rule that asks for nothing but a valid token. The keys are read as from a file.
    func authorizer() throws -> Authorizer {
        let rule = Rule(
            name: "all",
            match: RequestMatch(path: try PathPattern("/**")),
            effect: .require(Requirement())
        )
        let policy = Policy(issuers: issuers.map(\.policy), rules: [rule])
        let rings = try issuers.map { issuer in
            let file = try JSONSerialization.data(withJSONObject: ["keys": issuer.keys.map(\.jwk)])
            let keys = try KeyFile(Array(file).span, requirements: KeyRequirements(algorithms: issuer.algorithms)).keys
            return KeyRing(keys: keys)
        }
        return Authorizer(AuthorizationSnapshot(policy: policy, keyRings: rings, generation: 1))
    }

    /// The same for `judge.py`.
    func json() throws -> Data {
        let list: [[String: Any]] = issuers.map { issuer in
            [
                "issuer": issuer.issuer, "audiences": issuer.audiences, "algorithms": issuer.algorithms.map(\.rawValue),
                "leeway": issuer.leeway, "required": issuer.required, "keys": issuer.keys.map(\.jwk),
            ]
        }
        return try JSONSerialization.data(withJSONObject: ["issuers": list])
    }
}

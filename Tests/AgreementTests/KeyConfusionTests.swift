import Authorization
import Crypto
import Foundation
import JOSE
import TestSupport
import Testing

/// Algorithm confusion: a public key, which everybody has, taken for the secret of an HMAC (CVE-2015-9235 and all after it).
@Suite struct KeyConfusionTests {
    private static let hmac: [SignatureAlgorithm] = [.hs256, .hs384, .hs512]

    /// Everything that the public key of `key` can be written as.
    private func forms(_ key: AgreementKey) throws -> [[UInt8]] {
        let der = key.publicDER
        let base64 = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        let pem = "-----BEGIN PUBLIC KEY-----\n\(base64)\n-----END PUBLIC KEY-----"
        let jwk = try JSONSerialization.data(withJSONObject: key.jwk, options: [.sortedKeys])
        let texts = [pem, pem + "\n", base64, base64.replacing("\n", with: ""), key.jwk["n"] ?? key.jwk["x"] ?? "x"]
        return [der, Array(jwk)] + texts.map { Array($0.utf8) }
            + texts.compactMap { Base64.decode(Array($0.utf8)).map(Array.init) }
    }

    private func keys() throws -> [AgreementKey] {
        [
            try AgreementKey(.rsa(bits: 2048), [.rs256, .ps256]), try AgreementKey(.p256, [.es256]),
            try AgreementKey(.p384, [.es384]), try AgreementKey(.p521, [.es512]), try AgreementKey(.ed25519, [.edDSA]),
            try AgreementKey(.ed448, [.edDSA]),
        ]
    }

    // Whatever the header says, an issuer with public keys has no HMAC, and its keys have none either.
    @Test func no_form_of_a_public_key_is_the_secret_of_an_hmac() throws {
        for key in try keys() {
            let issuer = AgreementIssuer(name: "public", algorithms: key.algorithms, keys: [key])
            // As if the operator had allowed both families, which the configuration refuses.
            let careless = AgreementIssuer(name: "careless", algorithms: key.algorithms + Self.hmac, keys: [key])
            for (secret, algorithm) in try forms(key).flatMap({ form in Self.hmac.map { (form, $0) } }) {
                let header = "{\"alg\":\"\(algorithm.rawValue)\"}"
                for (issuer, expected) in [(issuer, Reason.algorithmNotAllowed), (careless, .signatureInvalid)] {
                    let token = sign(header, issuer) { AgreementKey.mac($0, SymmetricKey(data: secret), algorithm) }
                    #expect(try reason(token, issuer, readAs: key.algorithms) == expected)
                }
            }
            let good = try sign("{\"alg\":\"\(key.algorithms[0].rawValue)\"}", issuer) {
                try key.sign($0, key.algorithms[0])
            }
            #expect(try reason(good, issuer, readAs: key.algorithms) == .allowed)
        }
    }

    // The other way round: text that others may know is no secret, however it gets into the file.
    @Test func no_form_of_a_public_key_is_loaded_as_a_secret() throws {
        for key in try keys() {
            let requirements = KeyRequirements(algorithms: [.hs256], minimumSecretBytes: 1)
            for form in try forms(key).prefix(4) {
                let jwk = try JSONSerialization.data(withJSONObject: ["kty": "oct", "k": Base64.url(form)])
                for file in [form, Array(jwk)] {
                    #expect((try? KeyFile(file.span, requirements: requirements)) == nil, "\(key.jwk["kty"] ?? "")")
                }
            }
        }
    }

    private func sign(
        _ header: String,
        _ issuer: AgreementIssuer,
        by signature: ([UInt8]) throws -> [UInt8]
    ) rethrows -> [UInt8] {
        let claims = "{\"iss\":\"\(issuer.issuer)\",\"aud\":\"api\",\"exp\":1800000060}"
        let input = Array("\(Base64.url(Array(header.utf8))).\(Base64.url(Array(claims.utf8)))".utf8)
        return input + [UInt8(ascii: ".")] + Base64.urlBytes(try signature(input))
    }

    private func reason(
        _ token: [UInt8],
        _ issuer: AgreementIssuer,
        readAs algorithms: [SignatureAlgorithm]
    ) throws -> Reason {
        let file = try JSONSerialization.data(withJSONObject: ["keys": issuer.keys.map(\.jwk)])
        let keys = try KeyFile(Array(file).span, requirements: KeyRequirements(algorithms: algorithms)).keys
        let rule = Rule(name: "all", match: RequestMatch(path: try PathPattern("/**")), effect: .require(Requirement()))
        let policy = Policy(issuers: [issuer.policy], rules: [rule])
        var authorizer = Authorizer(
            AuthorizationSnapshot(policy: policy, keyRings: [KeyRing(keys: keys)], generation: 1)
        )
        let bytes = Array("GET / ".utf8) + token
        let request = AuthorizationRequest(
            method: 0..<3,
            target: 4..<5,
            host: nil,
            credential: .token(6..<bytes.count, source: 0)
        )
        return authorizer.decide(request, in: bytes.span, now: Timestamp(seconds: 1_800_000_000)).reason
    }
}

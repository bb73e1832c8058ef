import Foundation
import JOSE
import TestSupport
import Testing

/// The examples of RFC 7515, RFC 7520 and RFC 8037 as files.
@Suite(.enabled(if: CorpusFolder.isPresent, Comment(rawValue: CorpusFolder.absence)))
struct CookbookCorpusTests {
    private func object(_ name: String) throws -> [String: Any] {
        let data = try CorpusFolder.contents(of: "ietf-jose-cookbook/\(name).json")
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// A key of the cookbook without its private members.
    private func publicKey(_ key: Any?) throws -> String {
        var members = try #require(key as? [String: Any])
        for name in ["d", "p", "q", "dp", "dq", "qi"] { members[name] = nil }
        return String(decoding: try JSONSerialization.data(withJSONObject: members), as: UTF8.self)
    }

    private func load(_ text: String, _ algorithm: SignatureAlgorithm) throws -> VerificationKey {
        let requirements = KeyRequirements(algorithms: [algorithm], allowsPublishedSecrets: true)
        return try #require(LoadedKeys(text, requirements).only)
    }

    private func verifies(
        _ text: String,
        _ algorithm: SignatureAlgorithm,
        _ input: String,
        _ signature: String
    ) throws
        -> Bool
    {
        let encoded = Array(signature.utf8)
        let bytes = Base64URL.decode(encoded.span)
        return try load(text, algorithm).verifies(algorithm, Array(input.utf8), try #require(bytes))
    }

    @Test(arguments: [
        ("4_1.rsa_v15_signature", "RS256"), ("4_2.rsa-pss_signature", "PS384"), ("4_3.ecdsa_signature", "ES512"),
        ("4_4.hmac-sha2_integrity_protection", "HS256"), ("4_5.signature_with_detached_content", "HS256"),
        ("4_6.protecting_specific_header_fields", "HS256"),
    ])
    func the_signatures_of_rfc_7520_verify(name: String, algorithmName: String) throws {
        let example = try object("jws/\(name)")
        let algorithm = try #require(SignatureAlgorithm(rawValue: algorithmName))
        let input = try #require(example["input"] as? [String: Any])
        let signing = try #require(example["signing"] as? [String: Any])
        let key = try publicKey(input["key"])
        let text = try #require(signing["sig-input"] as? String)
        let signature = try #require(signing["sig"] as? String)
        #expect(try verifies(key, algorithm, text, signature))
        #expect(try !verifies(key, algorithm, text + "A", signature))
        #expect(try load(key, algorithm).keyID == (input["key"] as? [String: Any])?["kid"] as? String)
    }

    @Test func the_three_signatures_of_one_payload_verify() throws {
        let example = try object("jws/4_8.multiple_signatures")
        let input = try #require(example["input"] as? [String: Any])
        let keys = try #require(input["key"] as? [Any])
        let signings = try #require(example["signing"] as? [[String: Any]])
        var count = 0
        for (key, signing) in zip(keys, signings) {
            let header = signing["protected"] as? [String: Any] ?? signing["unprotected"] as? [String: Any] ?? [:]
            let name = header["alg"] as? String ?? ""
            let algorithm = try #require(SignatureAlgorithm(rawValue: name))
            let text = try #require(signing["sig-input"] as? String)
            let signature = try #require(signing["sig"] as? String)
            #expect(try verifies(try publicKey(key), algorithm, text, signature), "\(name)")
            count += 1
        }
        #expect(count == 3)
    }

    @Test func the_ed25519_signature_of_rfc_8037_verifies() throws {
        let example = try object("curve25519/jws")
        let input = try #require(example["input"] as? [String: Any])
        let signing = try #require(example["signing"] as? [String: Any])
        let text = try #require(signing["sig-input"] as? String)
        let signature = try #require(signing["sig"] as? String)
        #expect(try verifies(try publicKey(input["key"]), .edDSA, text, signature))
    }

    @Test func the_keys_of_rfc_7520_load_in_public_and_not_in_private() throws {
        func text(_ name: String) throws -> String {
            String(decoding: try CorpusFolder.contents(of: "ietf-jose-cookbook/jwk/\(name).json"), as: UTF8.self)
        }
        #expect(LoadedKeys(try text("3_1.ec_public_key"), JWKText.requirements([.es512])).error == nil)
        #expect(LoadedKeys(try text("3_3.rsa_public_key"), JWKText.requirements([.rs256])).error == nil)
        #expect(LoadedKeys(try text("3_2.ec_private_key"), JWKText.requirements([.es512])).code == .privateKey)
        #expect(LoadedKeys(try text("3_4.rsa_private_key"), JWKText.requirements([.rs256])).code == .privateKey)
        // RFC 7520 §3.5: a secret for HS256 that is published.
        #expect(LoadedKeys(try text("3_5.symmetric_key_mac_computation")).code == .publiclyKnown)
        #expect(LoadedKeys(try text("3_6.symmetric_key_encryption")).code == .notForVerification)
    }
}

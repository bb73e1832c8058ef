import Foundation
import JOSE
import TestSupport
import Testing

/// Keys and tokens of public test suites.
@Suite(.enabled(if: CorpusFolder.isPresent, Comment(rawValue: CorpusFolder.absence)))
struct JOSECorpusTests {
    private struct KeySetCase: Decodable {
        let id: String
        let jwks: String
        let format: String
        let expect: String
    }

    private struct Cookbook: Decodable {
        struct Input: Decodable { let key: [String: String] }
        struct Signing: Decodable {
            let input: String
            let signature: String

            enum CodingKeys: String, CodingKey {
                case input = "sig-input"
                case signature = "sig"
            }
        }

        let input: Input
        let signing: Signing
    }

    /// The `oct` keys of a set that an HS256 issuer may use, read by Foundation.
    private func usableSecrets(_ text: String) -> Int {
        guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else { return 0 }
        let keys = object["keys"] as? [[String: Any]] ?? [object]
        return keys.count { key in
            guard key["kty"] as? String == "oct", ["HS256", nil].contains(key["alg"] as? String),
                ["sig", nil].contains(key["use"] as? String), let secret = key["k"] as? String
            else { return false }
            return (TestSupport.TokenMint.bytes(base64url: secret)?.count ?? 0) >= 32
        }
    }

    // PEM and JWKS files of other key types give an HMAC issuer no key: nothing public becomes a secret.
    @Test func a_key_set_gives_an_hmac_issuer_its_good_secrets_and_nothing_else() throws {
        let cases = try CorpusFolder.cases("jwks-cases.json", as: KeySetCase.self)
        var refused = 0
        for item in cases {
            let loaded = LoadedKeys(item.jwks)
            let usable = item.format == "json" ? usableSecrets(item.jwks) : 0
            if loaded.error != nil { refused += 1 }
            if usable == 0 { #expect(loaded.file == nil, "\(item.id)") }
            if let count = loaded.file?.keys.count { #expect(count <= usable, "\(item.id)") }
        }
        print("JWKS corpus at an HS256 issuer: \(cases.count) files, \(refused) refused")
        #expect(cases.count > 20)
    }

    @Test(arguments: ["4_4.hmac-sha2_integrity_protection", "4_5.signature_with_detached_content"])
    func the_cookbooks_hmac_examples_verify(name: String) throws {
        let data = try CorpusFolder.contents(of: "ietf-jose-cookbook/jws/\(name).json")
        let example = try JSONDecoder().decode(Cookbook.self, from: data)
        let keyFile = Array(try JSONEncoder().encode(example.input.key))
        let key = try #require(LoadedKeys(keyFile).file?.keys.first)
        #expect(key.keyID == example.input.key["kid"])
        guard case .secret(let secret) = key.material else { return }
        let context = try #require(MACContext(key: secret, algorithm: .hs256))
        let input = Array(example.signing.input.utf8)
        let mac = context.sign(input.span, input: 0..<input.count)
        #expect(GoodSecret.base64url(try #require(mac)) == example.signing.signature)
    }
}

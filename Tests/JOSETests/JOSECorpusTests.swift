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

    /// The text of the case says that no block of it is base64, and yet that it is usable: its expectation is that of
    /// another text of the same test upstream.
    private static let misfiled = "jwtverifylib-addKeyFromPemError-1"

    @Test func every_key_set_is_as_usable_as_the_corpus_says() throws {
        let cases = try CorpusFolder.cases("jwks-cases.json", as: KeySetCase.self)
        var counts: [String: Int] = [:]
        for item in cases {
            var requirements = JWKText.requirements()
            let file = LoadedKeys(item.jwks, requirements)
            requirements.skipsBrokenKeys = true
            let remote = LoadedKeys(item.jwks, requirements)
            // What a file gives, a set from afar gives too.
            if let names = file.names { #expect(remote.names == names, "\(item.id)") }
            let perAlgorithm = JWKText.publicAlgorithms.filter {
                LoadedKeys(item.jwks, JWKText.requirements([$0])).file != nil
            }
            let isUsable = remote.file != nil
            switch item.expect {
            case "usable":
                #expect(isUsable == (item.id != Self.misfiled), "\(item.id): \(remote.error?.description ?? "")")
                #expect(!perAlgorithm.isEmpty == (item.id != Self.misfiled), "\(item.id)")
                if isUsable, file.file == nil {
                    counts["usable, refused as a file for one broken key", default: 0] += 1
                }
            case "no usable key":
                #expect(!isUsable && file.file == nil && perAlgorithm.isEmpty, "\(item.id)")
            default:
                // No crash; and no key that an independent eye would not take.
                #expect(!isUsable, "\(item.id)")
            }
            counts["\(item.expect): \(isUsable ? "taken" : "refused")", default: 0] += 1
        }
        print("JWKS corpus, public keys: \(cases.count) files; \(text(counts))")
        #expect(cases.count > 20)
    }

    // The signature layer alone: what a right signature does not settle is refused where headers and claims are read.
    @Test func every_token_is_told_apart_by_its_signature() throws {
        var counts: [String: Int] = [:]
        for item in try CorpusFolder.cases("jwt-cases.json", as: TokenCase.self) where item.layer != "key" {
            let loaded = LoadedKeys(item.key.text, item.requirements)
            let family = item.key["kty"] ?? ""
            guard let keys = loaded.file?.keys else {
                // A weak RSA key has no override; and no issuer has both a secret and public keys.
                #expect(item.isKeyRefused, "\(item.id): \(loaded.error?.description ?? "")")
                #expect(item.weak_key || item.expect_jws == "invalid", "\(item.id)")
                counts["\(family) key refused, \(item.expect_jws)", default: 0] += 1
                continue
            }
            let isValid = item.hasValidSignature(keys)
            if isValid, item.expect_jws == "invalid" {
                #expect(item.isRefusedForItsHeader, "\(item.id): \(item.why)")
                counts["\(family) right signature, refused for its header", default: 0] += 1
                continue
            }
            #expect(isValid == (item.expect_jws == "valid"), "\(item.id): \(item.why)")
            counts["\(family) \(item.expect_jws)", default: 0] += 1
        }
        print("token corpus, signature layer, \(counts.values.reduce(0, +)) tokens: \(text(counts))")
        #expect((counts["RSA valid"] ?? 0) > 20 && (counts["EC valid"] ?? 0) > 10 && (counts["OKP valid"] ?? 0) > 2)
        #expect((counts["oct valid"] ?? 0) > 800 && (counts["RSA invalid"] ?? 0) > 200)
    }

    @Test func keys_that_must_not_be_loaded_are_not() throws {
        var count = 0
        for item in try CorpusFolder.cases("jwt-cases.json", as: TokenCase.self) where item.layer == "key" {
            #expect(LoadedKeys(item.key.text, item.requirements).file == nil, "\(item.id)")
            count += 1
        }
        print("token corpus, keys that must be refused: \(count)")
        #expect(count > 0)
    }

    private func text(_ counts: [String: Int]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}

import Authorization
import JOSE
import TestSupport
import Testing

/// Tokens of public test suites and attacks derived from them.
@Suite(.enabled(if: CorpusFolder.isPresent, Comment(rawValue: CorpusFolder.absence)))
struct TokenCorpusTests {
    private func cases() throws -> [TokenCase] { try CorpusFolder.cases("jwt-cases.json", as: TokenCase.self) }

    @Test func every_hmac_case_is_decided_as_its_verdict_says() throws {
        var counts: [String: Int] = [:]
        var reasons: [Reason: Int] = [:]
        for item in try cases() where item.secrets != nil && item.layer != "key" {
            guard let now = item.now ?? item.neutralMoment else {
                counts["without a moment that decides nothing", default: 0] += 1
                continue
            }
            let decision = item.world.decide(item.request, at: now)
            #expect(
                (decision.outcome == .allow) == (item.expect == "valid"),
                "\(item.id) is \(item.expect) because \(item.why), but here \(decision.reason)"
            )
            counts[item.expect, default: 0] += 1
            reasons[decision.reason, default: 0] += 1
        }
        print(
            "token corpus, HMAC keys: \(text(counts)); by reason: \(text(reasons.map { (key: $0.key.rawValue, value: $0.value) }))"
        )
        #expect((counts["valid"] ?? 0) > 200 && (counts["invalid"] ?? 0) > 1000)
    }

    // The signature layer alone: what has a right MAC is refused for its header's or its claims' sake, or allowed.
    @Test func every_hmac_case_is_told_apart_by_its_signature() throws {
        var counts: [String: Int] = [:]
        for item in try cases() where item.secrets != nil && item.layer != "key" {
            let isValid = hasValidSignature(item)
            // A header that must be refused is told apart where it is read, beyond this layer.
            if isValid, item.expect_jws == "invalid" {
                let reason = item.world.decide(item.request, at: item.now ?? item.neutralMoment ?? 0).reason
                let isHeaders = [
                    .tokenMalformed, .algorithmNotAllowed, .criticalHeaderUnsupported, .typeNotAllowed, .keyUnknown,
                ].contains(reason)
                #expect(isHeaders, "\(item.id): \(item.why): \(reason)")
                counts["right MAC, refused for its header", default: 0] += 1
                continue
            }
            #expect(isValid == (item.expect_jws == "valid"), "\(item.id): \(item.why)")
            counts[item.expect_jws, default: 0] += 1
        }
        print("token corpus, signature layer: \(text(counts))")
    }

    private func hasValidSignature(_ item: TokenCase) -> Bool {
        let bytes = Array(item.token.utf8)
        guard let jws = CompactJWS(bytes.span, in: 0..<bytes.count),
            Base64URL.decode(bytes.span.extracting(jws.header)) != nil,
            Base64URL.decode(bytes.span.extracting(jws.payload)) != nil,
            let signature = Base64URL.decode(bytes.span.extracting(jws.signature)),
            let algorithm = item.namedAlgorithm, item.algorithms.contains(algorithm)
        else { return false }
        return item.verificationKeys.contains { key in
            guard key.algorithms.contains(algorithm), case .secret(let secret) = key.material else { return false }
            return MACContext(key: secret, algorithm: algorithm)?
                .verify(bytes.span, input: jws.signingInput, signature: signature.span) == true
        }
    }

    @Test func a_key_that_must_not_be_loaded_is_not() throws {
        var count = 0
        for item in try cases() where item.layer == "key" && item.secrets != nil {
            let json = "{\"kty\":\"oct\",\"k\":\"\(item.key.k ?? "")\"}"
            // However short a secret the operator allows.
            #expect(
                keys(json, KeyRequirements(algorithms: item.algorithms, minimumSecretBytes: 0)) == nil,
                "\(item.id)"
            )
            #expect(keys(json, KeyRequirements(algorithms: item.algorithms)) == nil, "\(item.id)")
            count += 1
        }
        print("token corpus, keys that must be refused: \(count)")
        #expect(count > 0)
    }

    // CVE-2015-9235 and its kin: a token MACed with the bytes of somebody's public key.
    @Test func an_hmac_token_for_a_public_key_finds_no_key() throws {
        var confusions = 0
        var others = 0
        for item in try cases() where item.secrets == nil {
            let name = item.part(0)?["alg"] as? String ?? ""
            guard name.hasPrefix("HS") else {
                // RSA, EC and EdDSA signatures are another algorithm's.
                others += 1
                continue
            }
            confusions += 1
            let algorithms: [SignatureAlgorithm] = item.algorithms.isEmpty ? [.hs256] : item.algorithms
            let json =
                "{\"kty\":\"\(item.key.kty ?? "")\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"crv\":\"P-256\",\"x\":\"AQAB\",\"k\":\"AQAB\"}"
            #expect(keys(json, KeyRequirements(algorithms: algorithms, minimumSecretBytes: 1)) == nil, "\(item.id)")
            var world = item.world
            world.policy.issuers[0].algorithms = algorithms
            let decision = world.decide(item.request, at: item.now ?? item.neutralMoment ?? 0)
            #expect(decision.outcome != .allow, "\(item.id)")
        }
        print(
            "token corpus: \(confusions) HMAC tokens for public keys; \(others) cases of other algorithms, a later version's"
        )
        #expect(confusions > 100)
    }

    private func keys(_ json: String, _ requirements: KeyRequirements) -> Int? {
        let bytes = Array(json.utf8)
        return try? KeyFile(bytes.span, requirements: requirements).keys.count
    }

    private func text(_ counts: some Sequence<(key: String, value: Int)>) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}

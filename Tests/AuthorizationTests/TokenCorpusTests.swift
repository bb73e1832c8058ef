import Authorization
import JOSE
import TestSupport
import Testing

/// Tokens of public test suites and attacks derived from them.
@Suite(.enabled(if: CorpusFolder.isPresent, Comment(rawValue: CorpusFolder.absence)))
struct TokenCorpusTests {
    private func cases() throws -> [TokenCase] { try CorpusFolder.cases("jwt-cases.json", as: TokenCase.self) }

    @Test func every_case_is_decided_as_its_verdict_says() throws {
        var counts: [String: Int] = [:]
        var reasons: [Reason: Int] = [:]
        for item in try cases() where item.layer != "key" {
            let kind = item.secrets == nil ? "public key" : "secret"
            guard let now = item.now ?? item.neutralMoment else {
                counts["without a moment that decides nothing", default: 0] += 1
                continue
            }
            let decision = item.world.decide(item.request, at: now)
            reasons[decision.reason, default: 0] += 1
            if item.secrets == nil, item.weak_key {
                // There is no override for an RSA key that is too short.
                #expect(item.verificationKeys.isEmpty && decision.outcome != .allow, "\(item.id)")
                counts["weak public key refused at load, \(item.expect)", default: 0] += 1
                continue
            }
            #expect(
                (decision.outcome == .allow) == (item.expect == "valid"),
                "\(item.id) is \(item.expect) because \(item.why), but here \(decision.reason)"
            )
            counts["\(kind) \(item.expect)", default: 0] += 1
        }
        let byReason = text(reasons.map { (key: $0.key.rawValue, value: $0.value) })
        print("token corpus, \(counts.values.reduce(0, +)) tokens: \(text(counts)); by reason: \(byReason)")
        #expect((counts["secret valid"] ?? 0) > 200 && (counts["secret invalid"] ?? 0) > 1000)
        #expect((counts["public key valid"] ?? 0) > 50 && (counts["public key invalid"] ?? 0) > 500)
    }

    // The signature layer alone: what has a right signature is refused for its header's or its claims' sake, or allowed.
    @Test func every_case_is_told_apart_by_its_signature() throws {
        var counts: [String: Int] = [:]
        for item in try cases() where item.layer != "key" && (item.secrets != nil || !item.weak_key) {
            let isValid = hasValidSignature(item)
            // A header that must be refused is told apart where it is read, beyond this layer.
            if isValid, item.expect_jws == "invalid" {
                let reason = item.world.decide(item.request, at: item.now ?? item.neutralMoment ?? 0).reason
                let isHeaders = [
                    .tokenMalformed, .algorithmNotAllowed, .criticalHeaderUnsupported, .typeNotAllowed, .keyUnknown,
                ].contains(reason)
                #expect(isHeaders, "\(item.id): \(item.why): \(reason)")
                counts["right signature, refused for its header", default: 0] += 1
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
            SignatureVerifier(key, algorithm: algorithm)?
                .verify(bytes.span, input: jws.signingInput, signature: signature.span) == true
        }
    }

    @Test func a_key_that_must_not_be_loaded_is_not() throws {
        var count = 0
        for item in try cases() where item.layer == "key" {
            // However short a secret the operator allows.
            #expect(
                keys(item.key.text, KeyRequirements(algorithms: item.algorithms, minimumSecretBytes: 0)) == nil,
                "\(item.id)"
            )
            #expect(keys(item.key.text, KeyRequirements(algorithms: item.algorithms)) == nil, "\(item.id)")
            count += 1
        }
        print("token corpus, keys that must be refused: \(count)")
        #expect(count > 0)
    }

    // CVE-2015-9235 and its kin: a token MACed with the bytes of somebody's public key.
    @Test func an_hmac_token_for_a_public_key_finds_no_key() throws {
        var confusions = 0
        for item in try cases() where item.secrets == nil {
            let name = item.part(0)?["alg"] as? String ?? ""
            guard name.hasPrefix("HS") else { continue }
            confusions += 1
            // An issuer for HMAC gets no key from the file, whatever the demands.
            let symmetric: [SignatureAlgorithm] = [.hs256, .hs384, .hs512]
            let requirements = KeyRequirements(
                algorithms: symmetric,
                minimumSecretBytes: 1,
                allowsPublishedSecrets: true,
                skipsBrokenKeys: true
            )
            #expect(keys(item.key.text, requirements) == nil, "\(item.id)")
            // And one that allowed both would not take the public key for a secret.
            var world = item.world
            world.policy.issuers[0].algorithms = SignatureAlgorithm.allCases
            let decision = world.decide(item.request, at: item.now ?? item.neutralMoment ?? 0)
            #expect(decision.outcome != .allow, "\(item.id)")
        }
        print("token corpus: \(confusions) HMAC tokens for public keys")
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

import Authorization
import Foundation
import JOSE

/// One case of the corpus of tokens.
struct TokenCase: Decodable {
    /// A JWK, whose members are all texts, or a JWKS.
    struct Key: Decodable {
        let members: [String: String]
        let keys: [Key]

        private enum CodingKeys: String, CodingKey { case keys }

        init(from decoder: any Decoder) throws {
            keys = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent([Key].self, forKey: .keys) ?? []
            members = keys.isEmpty ? try decoder.singleValueContainer().decode([String: String].self) : [:]
        }

        subscript(name: String) -> String? { members[name] }

        /// The key as a key file.
        var text: String {
            guard keys.isEmpty else { return "{\"keys\":[" + keys.map(\.text).joined(separator: ",") + "]}" }
            let pairs = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }
            return "{" + pairs.joined(separator: ",") + "}"
        }
    }

    struct Claims: Decodable {
        let iss: String?
        let aud: String?
        let require: [String]?
        let typ: String?
    }

    let id: String
    let layer: String
    let token: String
    let key: Key
    let alg_allowed: [String]
    let now: Double?
    let leeway: Double
    let policy: Claims
    let expect: String
    let expect_jws: String
    let why: String
    let weak_key: Bool
    let ambiguous: String?

    /// The keys of the case, all of a kind for HMAC; nil where one is not.
    var secrets: [Key]? {
        let keys = key.keys.isEmpty ? [key] : key.keys
        return keys.allSatisfy { $0["kty"] == "oct" } ? keys : nil
    }

    /// The allowed algorithms, as far as they exist.
    var algorithms: [SignatureAlgorithm] { alg_allowed.compactMap { SignatureAlgorithm(rawValue: $0) } }

    /// Public keys as authd loads them, but for an issuer that allows HMAC beside them, which no configuration does;
    /// secrets without any demand, except that an empty one is no key.
    var verificationKeys: [VerificationKey] {
        guard let secrets else {
            let text = Array(key.text.utf8)
            return (try? KeyFile(text.span, requirements: KeyRequirements(algorithms: algorithms)).keys) ?? []
        }
        return secrets.compactMap { key in
            guard let text = key["k"], let bytes = Base64URL.decode(Array(text.utf8).span), !bytes.isEmpty,
                let secret = SecretKeyBytes(copying: bytes.span)
            else { return nil }
            let algorithms =
                key["alg"].map { name in self.algorithms.filter { $0.rawValue == name } } ?? self.algorithms
            return VerificationKey(
                keyID: key["kid"],
                algorithms: Set(algorithms.filter(\.isSymmetric)),
                material: .secret(secret)
            )
        }
    }

    /// What the token's parts say, read by Foundation.
    func part(_ index: Int) -> [String: Any]? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.indices.contains(index) else { return nil }
        var text = parts[index].replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        while text.utf8.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: text).flatMap { try? JSONSerialization.jsonObject(with: $0) } as? [String: Any]
    }

    /// The algorithm that the header names, found even in a header that is no strict JSON.
    var namedAlgorithm: SignatureAlgorithm? {
        if let name = part(0)?["alg"] as? String { return SignatureAlgorithm(rawValue: name) }
        let header = Array(token.utf8.prefix { $0 != UInt8(ascii: ".") })
        guard let text = Base64URL.decode(header.span).map({ String(decoding: $0, as: UTF8.self) }) else { return nil }
        return SignatureAlgorithm.allCases.first { text.contains("\"alg\":\"\($0.rawValue)\"") }
    }

    /// A moment at which no claim about time decides: within [nbf, exp). nil where there is none.
    var neutralMoment: Double? {
        let claims = part(1)
        let start = (claims?["nbf"] as? NSNumber)?.doubleValue
        let end = (claims?["exp"] as? NSNumber)?.doubleValue
        switch (start, end) {
        case (nil, nil): return 1_700_000_000
        case (let start?, nil): return start
        case (nil, let end?): return end - 1
        case (let start?, let end?): return start < end ? start : nil
        }
    }

    /// The world of the case: nothing beyond its own policy is asked for.
    var world: World {
        var world = World(rules: [World.rule("/**", .require(Requirement()))])
        world.policy.issuers = [
            IssuerPolicy(
                name: "corpus",
                issuer: policy.iss,
                audiences: policy.aud.map { [$0] } ?? [],
                algorithms: algorithms,
                leeway: leeway,
                maximumLifetime: nil,
                requiredClaims: policy.require ?? [],
                types: policy.typ.map { [$0] } ?? [],
                refusesFutureIssue: false
            )
        ]
        world.policy.maximumTokenBytes = 1 << 20
        world.rings = [KeyRing(keys: verificationKeys)]
        return world
    }

    var request: TestRequest { TestRequest(token: token) }
}

import Foundation
import JOSE
import TestSupport

/// One case of jwt-cases.json at the signature layer.
struct TokenCase: Decodable {
    /// A JWK whose members are all texts.
    struct Key: Decodable {
        private let members: [String: String]

        init(from decoder: any Decoder) throws {
            members = try decoder.singleValueContainer().decode([String: String].self)
        }

        subscript(name: String) -> String? { members[name] }
        var text: String { JWKText.text(members) }
    }

    let id: String
    let layer: String
    let token: String
    let key: Key
    let alg_allowed: [String]
    let expect_jws: String
    let why: String
    let weak_key: Bool

    /// The allowed algorithms that the key's kind could have: the configuration refuses to mix secrets and public keys.
    var algorithms: [SignatureAlgorithm] {
        let isSecret = key["kty"] == "oct"
        return alg_allowed.compactMap { SignatureAlgorithm(rawValue: $0) }.filter { $0.isSymmetric == isSecret }
    }

    var requirements: KeyRequirements {
        KeyRequirements(algorithms: algorithms, minimumSecretBytes: weak_key ? 1 : nil, allowsPublishedSecrets: true)
    }

    /// Whether the key is one that is refused for its weakness or because it is for no algorithm that is allowed.
    var isKeyRefused: Bool { (weak_key && key["kty"] == "RSA") || key["k"] == "" || isForNoAlgorithm || isTooEasy }

    private var isForNoAlgorithm: Bool {
        let curve = ["P-256": "ES256", "P-384": "ES384", "P-521": "ES512", "Ed25519": "EdDSA"][key["crv"] ?? ""]
        return algorithms.isEmpty || (curve.map { name in !alg_allowed.contains(name) } ?? false)
    }

    /// The same byte over and over, which only the length rule has an override for.
    private var isTooEasy: Bool {
        guard let secret = key["k"].flatMap({ TokenMint.bytes(base64url: $0) }) else { return false }
        return secret.count >= 16 && Set(secret).count < 6
    }

    func hasValidSignature(_ keys: [VerificationKey]) -> Bool {
        let bytes = Array(token.utf8)
        guard let jws = CompactJWS(bytes.span, in: 0..<bytes.count),
            Base64URL.decode(bytes.span.extracting(jws.header)) != nil,
            Base64URL.decode(bytes.span.extracting(jws.payload)) != nil,
            let signature = Base64URL.decode(bytes.span.extracting(jws.signature)),
            let algorithm = namedAlgorithm, algorithms.contains(algorithm)
        else { return false }
        return keys.contains { key in
            SignatureVerifier(key, algorithm: algorithm)?
                .verify(bytes.span, input: jws.signingInput, signature: signature.span) == true
        }
    }

    private var header: Data? {
        let bytes = Array(token.utf8.prefix { $0 != UInt8(ascii: ".") })
        return Base64URL.decode(bytes.span).map { Data($0) }
    }

    /// The algorithm that the header names, found even in a header that is no strict JSON.
    private var namedAlgorithm: SignatureAlgorithm? {
        guard let header else { return nil }
        let object = try? JSONSerialization.jsonObject(with: header) as? [String: Any]
        if let name = object?["alg"] as? String { return SignatureAlgorithm(rawValue: name) }
        let text = String(decoding: header, as: UTF8.self)
        return SignatureAlgorithm.allCases.first { text.contains("\"alg\":\"\($0.rawValue)\"") }
    }

    /// Whether the reason of the case speaks of the header, which this layer does not judge.
    var isRefusedForItsHeader: Bool {
        let words = [
            "header", "crit", "kid", "alg", "b64", "JSON", "typ", "duplicate", "depth", "UTF-8", "nest", "zip",
            "member",
        ]
        return words.contains { why.localizedCaseInsensitiveContains($0) }
    }
}

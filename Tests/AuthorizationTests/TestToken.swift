import JOSE

/// Tokens of any header and payload text, with a right signature over whatever stands there.
enum TestToken {
    static let now = 1_800_000_000.0
    static let secret = Array("a-shared-secret-of-32-bytes-long".utf8)
    static let otherSecret = Array("another-secret-of-at-least-32-bytes".utf8)
    static let header = #"{"alg":"HS256","typ":"JWT"}"#
    static let issuer = "https://issuer.example"

    /// The usual good claims with `changes` over them; nil takes a claim away. Values are JSON text.
    static func claims(_ changes: [String: String?] = [:]) -> String {
        var claims: [String: String] = [
            "iss": "\"\(issuer)\"", "aud": "\"hello-api\"", "sub": "\"alice\"", "iat": "1799999990",
            "exp": "1800000060",
        ]
        for (name, value) in changes { claims[name] = value }
        return "{" + claims.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    static func token(
        _ changes: [String: String?] = [:],
        header: String = header,
        secret: [UInt8] = secret,
        algorithm: SignatureAlgorithm = .hs256
    ) -> String {
        sign(header: header, payload: claims(changes), secret: secret, algorithm: algorithm)
    }

    static func sign(
        header: String = header,
        payload: String,
        secret: [UInt8] = secret,
        algorithm: SignatureAlgorithm = .hs256
    ) -> String {
        let input = base64url(header) + "." + base64url(payload)
        return input + "." + base64url(mac(Array(input.utf8), secret, algorithm))
    }

    static func mac(_ input: [UInt8], _ secret: [UInt8], _ algorithm: SignatureAlgorithm) -> [UInt8] {
        guard let key = SecretKeyBytes(copying: secret.span), let context = MACContext(key: key, algorithm: algorithm),
            let mac = context.sign(input.span, input: 0..<input.count)
        else { return [] }
        return mac
    }

    static func base64url(_ text: String) -> String { base64url(Array(text.utf8)) }

    static func base64url(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        Base64URL.encode(bytes.span, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    static func key(
        _ keyID: String? = nil,
        _ secret: [UInt8] = secret,
        _ algorithms: Set<SignatureAlgorithm> = [.hs256]
    ) -> VerificationKey? {
        SecretKeyBytes(copying: secret.span)
            .map { VerificationKey(keyID: keyID, algorithms: algorithms, material: .secret($0)) }
    }

    /// Secrets that differ by their number, long enough for every algorithm.
    static func secret(_ number: Int) -> [UInt8] {
        Array("secret-number-\(number)-of-a-test-that-is-long-enough-for-every-hmac-algorithm".utf8)
    }
}

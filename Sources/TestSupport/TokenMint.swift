package import Foundation

/// Makes tokens for the scenarios, good and bad, with nothing of the product in it.
package struct TokenMint: Sendable {
    package enum Algorithm: String, Sendable, CaseIterable {
        case hs256 = "HS256"
        case hs384 = "HS384"
        case hs512 = "HS512"

        var hash: SHA2 {
            switch self {
            case .hs256: .sha256
            case .hs384: .sha384
            case .hs512: .sha512
            }
        }
    }

    package var secret: [UInt8]
    package var algorithm: Algorithm
    package var keyIdentifier: String?

    package init(secret: String, algorithm: Algorithm = .hs256, keyIdentifier: String? = nil) {
        self.init(secret: Array(secret.utf8), algorithm: algorithm, keyIdentifier: keyIdentifier)
    }

    package init(secret: [UInt8], algorithm: Algorithm = .hs256, keyIdentifier: String? = nil) {
        self.secret = secret
        self.algorithm = algorithm
        self.keyIdentifier = keyIdentifier
        Unspeakable.add(secret: secret)
    }

    /// A token whose claims are the usual good ones with `changes` over them; a `nil` takes the claim away.
    package func token(_ changes: [String: JSONValue?] = [:], now: Date = Date()) -> String {
        let seconds = Int(now.timeIntervalSince1970)
        var claims: [String: JSONValue] = [
            "iss": .string(DaemonConfiguration.issuer),
            "aud": .string(DaemonConfiguration.audience),
            "sub": .string("alice"),
            "iat": .number(seconds),
            "exp": .number(seconds + 600),
            "scope": .string("hello.read"),
        ]
        for (name, value) in changes { claims[name] = value }
        return sign(payload: JSONValue.object(claims).text)
    }

    /// A token over any payload text, with `header` over the usual header.
    package func sign(payload: String, header changes: [String: JSONValue?] = [:]) -> String {
        var header: [String: JSONValue] = ["alg": .string(algorithm.rawValue), "typ": .string("JWT")]
        if let keyIdentifier { header["kid"] = .string(keyIdentifier) }
        for (name, value) in changes { header[name] = value }
        return sign(headerText: JSONValue.object(header).text, payload: payload)
    }

    package func sign(headerText: String, payload: String) -> String {
        let input = Self.base64url(Array(headerText.utf8)) + "." + Self.base64url(Array(payload.utf8))
        let token = input + "." + Self.base64url(Self.hmac(algorithm.hash, key: secret, Array(input.utf8)))
        Unspeakable.add(token: token.utf8)
        return token
    }

    /// HMAC (RFC 2104) over the tests' own SHA-2.
    package static func hmac(_ hash: SHA2, key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        var block = key.count > hash.blockLength ? hash.hash(key) : key
        block += [UInt8](repeating: 0, count: hash.blockLength - block.count)
        return hash.hash(block.map { $0 ^ 0x5C } + hash.hash(block.map { $0 ^ 0x36 } + message))
    }

    /// Base64url without padding (RFC 7515 §2).
    package static func base64url(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// The bytes of base64url text; `nil` when it is none.
    package static func bytes(base64url text: String) -> [UInt8]? {
        var padded = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        while padded.utf8.count % 4 != 0 { padded += "=" }
        return Data(base64Encoded: padded).map(Array.init)
    }
}

internal import Crypto
internal import Foundation

/// A key of an issuer under test, with nothing of the product in it: signs ES256, and says its public half as a JWK.
package struct IssuerKey: Sendable {
    package let keyID: String
    private let key: P256.Signing.PrivateKey

    package init(_ keyID: String) {
        self.keyID = keyID
        key = P256.Signing.PrivateKey()
    }

    /// RFC 7518 §6.2.1: the two coordinates.
    package var jwk: String {
        let point = Array(key.publicKey.rawRepresentation)
        let (x, y) = (TokenMint.base64url(Array(point[..<32])), TokenMint.base64url(Array(point[32...])))
        return #"{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"\#(keyID)","x":"\#(x)","y":"\#(y)"}"#
    }

    package static func set(_ keys: IssuerKey...) -> String { set(keys.map(\.jwk)) }

    package static func set(_ keys: [String]) -> String { "{\"keys\":[\(keys.joined(separator: ","))]}" }

    /// - Parameters:
    ///   - kid: what the header says; nil: it names no key.
    ///   - fields: further members of the header.
    package func token(kid: String?, header fields: [String: JSONValue] = [:]) throws -> String {
        let seconds = Int(Date().timeIntervalSince1970)
        var header: [String: JSONValue] = ["alg": .string("ES256"), "typ": .string("JWT")]
        if let kid { header["kid"] = .string(kid) }
        for (name, value) in fields { header[name] = value }
        let claims: [String: JSONValue] = [
            "iss": .string(DaemonConfiguration.issuer), "aud": .string(DaemonConfiguration.audience),
            "sub": .string("alice"), "iat": .number(seconds), "exp": .number(seconds + 600),
            "scope": .string("hello.read"),
        ]
        let parts = [JSONValue.object(header), .object(claims)].map { TokenMint.base64url(Array($0.text.utf8)) }
        let input = parts.joined(separator: ".")
        let signature = try key.signature(for: Array(input.utf8)).rawRepresentation
        let token = input + "." + TokenMint.base64url(Array(signature))
        Unspeakable.add(token: token.utf8)
        return token
    }

    package func token() throws -> String { try token(kid: keyID) }
}

import Foundation
import TestSupport

/// A compact JWS taken apart with nothing of the product in it.
struct TokenParts {
    let header: [String: Any]
    let claims: [String: Any]
    let signingInput: String
    let signature: String

    init(_ token: String) throws {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { throw TestSupportError("not three parts") }
        header = try Self.object(parts[0])
        claims = try Self.object(parts[1])
        signingInput = parts[0] + "." + parts[1]
        signature = parts[2]
    }

    /// Whether the secret made the signature, by the tests' own HMAC.
    func isSigned(by secret: [UInt8], _ hash: SHA2) -> Bool {
        TokenMint.base64url(TokenMint.hmac(hash, key: secret, Array(signingInput.utf8))) == signature
    }

    private static func object(_ text: String) throws -> [String: Any] {
        guard let bytes = TokenMint.bytes(base64url: text),
            let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        else { throw TestSupportError("not a JSON object in base64url") }
        return object
    }
}

package import Foundation

/// A compact JWS taken apart by Foundation, with nothing of the product in it. Whether the signature holds is for the
/// caller to see.
package struct SignedToken {
    package let header: [String: Any]
    package let claims: [String: Any]
    package let signature: Data
    /// What is signed.
    package let input: Data

    package init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let signature = TokenMint.bytes(base64url: parts[2]) else {
            throw TestSupportError("no compact JWS: \(text)")
        }
        header = try Self.object(parts[0])
        claims = try Self.object(parts[1])
        self.signature = Data(signature)
        input = Data((parts[0] + "." + parts[1]).utf8)
    }

    /// The key of a JWK Set that the token names.
    package func key(in keySet: [UInt8]) throws -> [String: Any] {
        let set = try JSONSerialization.jsonObject(with: Data(keySet)) as? [String: Any]
        let keys = set?["keys"] as? [[String: Any]] ?? []
        guard let key = keys.first(where: { $0["kid"] as? String == header["kid"] as? String }) else {
            throw TestSupportError("no such key in \(String(decoding: keySet, as: UTF8.self))")
        }
        return key
    }

    /// The bytes of a member of a JWK.
    package static func bytes(_ member: String, of key: [String: Any]) throws -> [UInt8] {
        guard let bytes = (key[member] as? String).flatMap({ TokenMint.bytes(base64url: $0) }) else {
            throw TestSupportError("no \(member) in \(key)")
        }
        return bytes
    }

    private static func object(_ text: String) throws -> [String: Any] {
        guard let bytes = TokenMint.bytes(base64url: text),
            let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        else { throw TestSupportError("no JSON object: \(text)") }
        return object
    }
}

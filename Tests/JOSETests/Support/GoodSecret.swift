import JOSE
import TestSupport

/// Secrets that nothing is wrong with.
enum GoodSecret {
    static let first = "a-shared-secret-of-32-bytes-long"
    static let second = "Zm9v-another_secret-0123456789-abcdefghij"
    static let third = "third/secret+with=punctuation,and:more!{}[]"

    static func text(_ count: Int) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8)
        var random = SeededGenerator(seed: UInt64(count) + 77)
        return String(decoding: (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }, as: UTF8.self)
    }

    static func base64url(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        Base64URL.encode(bytes.span, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    static func base64url(_ text: String) -> String { base64url(Array(text.utf8)) }

    /// A JWK with the secret `text` and `members`, each as `"name":value` text, after it.
    static func jwk(_ text: String = first, _ members: String...) -> String {
        "{" + (["\"kty\":\"oct\"", "\"k\":\"\(base64url(text))\""] + members).joined(separator: ",") + "}"
    }

    static func set(_ keys: String...) -> String { "{\"keys\":[" + keys.joined(separator: ",") + "]}" }
}

import JOSE
import TestSupport
import Testing

/// Secrets that everybody knows.
@Suite struct PublishedSecretTests {
    /// RFC 7515 §A.1.1, as it stands in the JWK there.
    private let rfc7515 = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"

    private func requirements(_ allows: Bool = false, least: Int? = nil) -> KeyRequirements {
        KeyRequirements(algorithms: [.hs256], minimumSecretBytes: least, allowsPublishedSecrets: allows)
    }

    @Test(arguments: [
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
        "a-string-secret-at-least-256-bits-long", "qwertyuiopasdfghjklzxcvbnm123456",
        "a0a2abd8-6162-41c3-83d6-1cf559b46afc",
        "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
    ])
    func a_published_secret_is_refused_whatever_its_length(text: String) {
        #expect(LoadedKeys(text).code == .publiclyKnown)
        #expect(LoadedKeys("\(GoodSecret.first)\n\(text)\n").error?.position == 2)
        #expect(LoadedKeys(GoodSecret.jwk(text)).code == .publiclyKnown)
        // One letter more is no published secret any more.
        #expect(LoadedKeys(text + "x").error == nil)
    }

    @Test func the_bytes_of_a_published_base64url_text_are_refused_too() {
        #expect(LoadedKeys("{\"kty\":\"oct\",\"k\":\"\(rfc7515)\"}").code == .publiclyKnown)
        // RFC 7520 §3.5.
        let other = #"{"kty":"oct","k":"hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"}"#
        #expect(LoadedKeys(other).code == .publiclyKnown)
    }

    @Test(arguments: [
        "mysecret", "secret", "your-256-bit-secret", "changeme", "password", "supersecret", "keyboardcat",
    ])
    func famous_short_secrets_are_refused_where_short_ones_are_allowed(text: String) {
        #expect(LoadedKeys(text).code == .tooShort)
        #expect(LoadedKeys(text, requirements(least: 1)).code == .publiclyKnown)
        #expect(LoadedKeys(text, requirements(true, least: 1)).texts == [text])
    }

    @Test func who_allows_published_secrets_is_warned_of_each() {
        let text = "\(GoodSecret.first)\n\(rfc7515)\n"
        let allowed = LoadedKeys(text, requirements(true))
        #expect(allowed.texts == [GoodSecret.first, rfc7515])
        #expect(allowed.file?.warnings.map(\.code) == [.publiclyKnown])
        #expect(allowed.file?.warnings.map(\.position) == [2])
        #expect(LoadedKeys(GoodSecret.first, requirements(true)).file?.warnings == [])
        let refused = LoadedKeys(text)
        #expect(refused.code == .publiclyKnown)
        #expect(refused.error?.description.contains(rfc7515) == false)
    }

    @Test func good_secrets_are_not_on_the_list() {
        var random = SeededGenerator(seed: 14)
        for _ in 0..<5000 {
            let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            #expect(LoadedKeys(GoodSecret.base64url(bytes)).error == nil)
        }
    }
}

import JOSE
import Testing

/// Nothing that is printed, mirrored or dumped shows a secret.
@Suite struct KeySecrecyTests {
    private static let marker = "MARKER-7f3a9c-of-a-secret"

    private func shows(_ value: Any) -> String {
        var text = ""
        dump(value, to: &text)
        text += String(describing: value) + String(reflecting: value)
        return text
    }

    /// The marker in every spelling that a careless description could have.
    private var spellings: [String] {
        let bytes = Array(Self.marker.utf8)
        return [
            Self.marker, GoodSecret.base64url(bytes), bytes.map { String($0) }.joined(separator: ", "),
            bytes.map { String($0, radix: 16) }.joined(),
        ]
        .map { String($0.prefix(20)) }
    }

    private func expectSilence(_ text: String) {
        for spelling in spellings { #expect(!text.contains(spelling)) }
    }

    @Test func keys_show_their_length_and_nothing_of_their_bytes() throws {
        let secret = Self.marker + GoodSecret.first
        for content in [secret, GoodSecret.jwk(secret, #""kid":"k1""#), GoodSecret.set(GoodSecret.jwk(secret))] {
            let file = try #require(LoadedKeys(content).file)
            let text = shows(file) + shows(file.keys) + shows(file.keys[0].material)
            #expect(text.contains("\(secret.utf8.count)"))
            expectSilence(text)
        }
        let copy = SecretKeyBytes(copying: Array(secret.utf8).span)
        let bytes = try #require(copy)
        #expect(String(describing: bytes) == "\(secret.utf8.count) secret bytes")
        #expect(Mirror(reflecting: bytes).children.compactMap(\.label) == ["count"])
        expectSilence(shows(bytes))
    }

    @Test func errors_show_nothing_that_was_read() {
        let marker = Self.marker
        let encoded = GoodSecret.base64url(marker)
        let contents = [
            marker, "\(GoodSecret.first)\n\(marker)", "\(marker)\u{0}", "\(marker) \(marker)",
            "-----BEGIN \(marker)-----",
            "ssh-rsa \(marker)", String(repeating: marker, count: 8), "{\"kty\":\"oct\",\"k\":\"\(encoded)\"}",
            "{\"kty\":\"oct\",\"k\":\"\(encoded)==\"}", "{\"kty\":\"\(marker)\"}", "{\"\(marker)\":\"\(marker)\"",
            "{\"kty\":\"oct\",\"k\":\"\(marker)\u{1}\"}",
            "{\"kty\":\"oct\",\"alg\":\"\(marker)\",\"k\":\"\(encoded)\"}",
            "{\"kty\":\"oct\",\"use\":\"\(marker)\",\"k\":\"\(encoded)\"}",
            "{\"kty\":\"oct\",\"key_ops\":[\"\(marker)\"],\"k\":\"\(encoded)\"}",
            "{\"keys\":[{\"kty\":\"\(marker)\"},{\"kty\":\"oct\",\"k\":\"\(encoded)\",\"kid\":\"\(marker)\"}]}",
            "{\"\(marker)\":1,\"\(marker)\":2}",
        ]
        for content in contents {
            let loaded = LoadedKeys(content)
            #expect(loaded.error != nil, "\(content)")
            if let error = loaded.error { expectSilence(shows(error)) }
        }
    }

    @Test func an_error_reads_as_a_sentence_with_its_place() {
        #expect(
            LoadedKeys("\(GoodSecret.first)\nshort").error?.description
                == "key 2: 5 bytes, but at least 32 are needed (RFC 7518 §3.2); \"authd secret generate\" makes a good one"
        )
        #expect(LoadedKeys("").error?.description.hasPrefix("the file is empty") == true)
    }
}

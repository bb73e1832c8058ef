import JOSE
import Testing

/// Key files of one secret a line. One rule for the end of a line, at load and at rotation (LF or CRLF and nothing else).
@Suite struct SecretLinesTests {
    private let first = GoodSecret.first
    private let second = GoodSecret.second

    @Test func a_secret_is_its_line_without_the_line_end() {
        for end in ["", "\n", "\r\n"] { #expect(LoadedKeys(first + end).texts == [first]) }
        #expect(LoadedKeys(GoodSecret.third).texts == [GoodSecret.third])
        // Nothing is decoded: what looks like base64 or hexadecimal is the secret as it stands.
        for text in ["Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0", "00112233445566778899aabbccddeeff00"] {
            #expect(LoadedKeys(text).texts == [text])
        }
        let bytes: [UInt8] = Array(first.utf8) + [0x80, 0xFF, 0xC3, 0x28]
        #expect(LoadedKeys(bytes).secrets == [bytes])
    }

    @Test func lines_are_keys_in_their_order() {
        for text in [
            "\(first)\n\(second)", "\(first)\n\(second)\n", "\(first)\r\n\(second)\r\n", "\(first)\r\n\(second)\n",
        ] {
            #expect(LoadedKeys(text).texts == [first, second])
        }
        #expect(LoadedKeys("\(second)\n\(first)\n").texts == [second, first])
        #expect(LoadedKeys("\(first)\n\(second)\n").names == [nil, nil])
    }

    @Test func a_key_serves_all_hmac_algorithms_of_its_issuer_and_no_other() {
        let requirements = KeyRequirements(algorithms: [.hs256, .hs512], minimumSecretBytes: 32)
        #expect(LoadedKeys(first, requirements).file?.keys.map(\.algorithms) == [[.hs256, .hs512]])
        #expect(LoadedKeys(first).file?.keys.map(\.algorithms) == [[.hs256]])
        #expect(LoadedKeys(first, KeyRequirements(algorithms: [])).code == .unsupportedKeyType)
    }

    @Test func the_same_secret_twice_is_one_key() {
        #expect(LoadedKeys("\(first)\n\(second)\n\(first)\n\(first)\r\n").texts == [first, second])
    }

    @Test(arguments: ["", "\n", "\r\n", " ", "\t \n\r\n", "\u{B}\u{C}"])
    func a_file_without_a_secret_is_empty(text: String) {
        #expect(LoadedKeys(text).code == .empty)
    }

    @Test(arguments: [
        ("\n%", 1), ("\r\n%", 1), ("%\n\n", 2), ("%\n\n%", 2), ("%\r\n\r\n", 2), (" %", 1), ("% ", 1), ("%\t", 1),
        ("% %", 1),
        ("%\n% \n", 2), ("%\u{0}", 1), ("%\u{0}%", 1), ("\u{0}", 1), ("%\u{7F}", 1), ("%\u{1B}[0m", 1), ("%\r%", 1),
        ("%\r\r\n", 1), ("%\u{B}", 1), ("%\u{C}\n", 1),
    ])
    func a_blank_line_a_blank_or_a_control_character_is_refused_with_its_line(pattern: String, line: Int) {
        let loaded = LoadedKeys(pattern.replacing("%", with: first))
        #expect(loaded.code == .badText)
        #expect(loaded.error?.position == line)
    }

    // Only LF and CRLF end a line; a CR that ends nothing is a control character.
    @Test func a_lone_carriage_return_at_the_end_is_refused() {
        #expect(LoadedKeys(first + "\r").code == .badText)
    }

    @Test func a_byte_order_mark_is_refused() {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        #expect(LoadedKeys(mark + Array(first.utf8)).code == .badText)
        #expect(LoadedKeys(mark).code != nil)
        // A JWK behind it must not become a text secret that everybody who knows the format can guess at.
        let jwk = GoodSecret.jwk()
        #expect(LoadedKeys(mark + Array(jwk.utf8)).file == nil)
        for mark: [UInt8] in [[0xFE, 0xFF], [0xFF, 0xFE]] {
            let wide = mark + first.utf8.flatMap { mark == [0xFF, 0xFE] ? [$0, 0] : [0, $0] }
            #expect(LoadedKeys(wide).code == .badText)
        }
    }

    @Test(arguments: [SignatureAlgorithm.hs256, .hs384, .hs512])
    func a_secret_is_as_long_as_the_hash_or_refused(algorithm: SignatureAlgorithm) {
        // RFC 7518 §3.2.
        let requirements = KeyRequirements(algorithms: [algorithm])
        let least = algorithm.digestBytes
        for count in [1, 8, 15, 16, least - 1] {
            #expect(LoadedKeys(GoodSecret.text(count), requirements).code == .tooShort, "\(count)")
        }
        for count in [least, least + 1, 4 * least] {
            #expect(LoadedKeys(GoodSecret.text(count), requirements).secrets?.first?.count == count)
        }
        // A line end does not count.
        #expect(LoadedKeys(GoodSecret.text(least - 1) + "\r\n", requirements).code == .tooShort)
        let second = LoadedKeys(GoodSecret.text(least) + "\n" + GoodSecret.text(least - 1) + "\n", requirements)
        #expect(second.code == .tooShort)
        #expect(second.error?.position == 2)
    }

    @Test func with_several_algorithms_the_longest_hash_decides() {
        let requirements = KeyRequirements(algorithms: [.hs256, .hs384])
        #expect(LoadedKeys(GoodSecret.text(47), requirements).code == .tooShort)
        #expect(LoadedKeys(GoodSecret.text(48), requirements).error == nil)
    }

    @Test func the_operators_own_minimum_counts_and_an_empty_secret_never_does() {
        let short = KeyRequirements(algorithms: [.hs256], minimumSecretBytes: 8)
        #expect(LoadedKeys("h8Kq-z_1", short).texts == ["h8Kq-z_1"])
        #expect(LoadedKeys("h8Kq-z_", short).code == .tooShort)
        let long = KeyRequirements(algorithms: [.hs256], minimumSecretBytes: 64)
        #expect(LoadedKeys(GoodSecret.text(63), long).code == .tooShort)
        #expect(LoadedKeys(GoodSecret.text(64), long).error == nil)
        let none = KeyRequirements(algorithms: [.hs256], minimumSecretBytes: 0)
        #expect(LoadedKeys("", none).code == .empty)
        #expect(LoadedKeys("\n", none).code == .empty)
        #expect(LoadedKeys(#"{"kty":"oct","k":""}"#, none).file == nil)
    }

    @Test func more_unnamed_keys_than_are_worth_trying_are_refused() {
        let lines = (0..<5).map { GoodSecret.text(32 + $0) }
        #expect(LoadedKeys(lines.prefix(4).joined(separator: "\n")).file?.keys.count == 4)
        #expect(LoadedKeys(lines.joined(separator: "\n")).code == .tooManyKeys)
        let requirements = KeyRequirements(algorithms: [.hs256], maximumKeys: 2)
        #expect(LoadedKeys(lines.prefix(2).joined(separator: "\n"), requirements).error == nil)
        #expect(LoadedKeys(lines.prefix(3).joined(separator: "\n"), requirements).code == .tooManyKeys)
    }

    @Test func a_file_that_is_named_after_its_key_names_it() {
        #expect(LoadedKeys(first, keyID: "k1").names == ["k1"])
        #expect(LoadedKeys("\(first)\n\(second)", keyID: "k1").code == .duplicateKeyID)
    }
}

import JOSE
import Testing

/// Key files that are a JWK or a JWKS.
@Suite struct KeySetTests {
    private let first = GoodSecret.first
    private let second = GoodSecret.second

    @Test func a_jwk_is_one_key() {
        #expect(LoadedKeys(GoodSecret.jwk()).texts == [first])
        #expect(LoadedKeys(" \r\n" + GoodSecret.jwk() + "\n").texts == [first])
        let whole = GoodSecret.jwk(
            first,
            #""kid":"k1""#,
            #""use":"sig""#,
            #""alg":"HS256""#,
            #""key_ops":["sign","verify"]"#
        )
        #expect(LoadedKeys(whole).texts == [first])
        #expect(LoadedKeys(whole).names == ["k1"])
        #expect(LoadedKeys(whole, keyID: "file").names == ["k1"])
        #expect(LoadedKeys(GoodSecret.jwk(), keyID: "file").names == ["file"])
        // Members that nobody knows are ignored (RFC 7517 §4).
        #expect(LoadedKeys(GoodSecret.jwk(first, #""x5u":"http://x/""#, #""extra":{"a":[1,null]}"#)).texts == [first])
    }

    @Test func a_set_is_its_keys_in_their_order() {
        let set = GoodSecret.set(GoodSecret.jwk(second, #""kid":"b""#), GoodSecret.jwk(first, #""kid":"a""#))
        #expect(LoadedKeys(set).texts == [second, first])
        #expect(LoadedKeys(set).names == ["b", "a"])
        #expect(LoadedKeys(set).file?.skipped == [])
    }

    @Test func names_are_read_with_their_escapes() {
        #expect(LoadedKeys(GoodSecret.jwk(first, #""\u006bid":"\u0061\/b""#)).names == ["a/b"])
        #expect(LoadedKeys(GoodSecret.jwk(first, #""kid":"""#)).names == [""])
    }

    @Test func a_binary_secret_is_taken_byte_for_byte() {
        let bytes: [UInt8] = [0, 10, 13, 0xEF, 0xBB, 0xBF] + (0..<30).map { UInt8($0) &* 7 }
        #expect(LoadedKeys("{\"kty\":\"oct\",\"k\":\"\(GoodSecret.base64url(bytes))\"}").secrets == [bytes])
    }

    @Test(arguments: [
        ("{", KeyError.Code.notJSON, 0), ("{}", .badStructure, 1), (#"{"kty":"oct"}"#, .badEncoding, 1),
        ("{]", .notJSON, 0),
        (#"{"kty":"oct","k":"@","k":"@"}"#, .notJSON, 0), (#"{"keys":[]}"#, .empty, 0),
        (#"{"keys":{}}"#, .badStructure, 0),
        (#"{"keys":null}"#, .badStructure, 0), (#"{"keys":"x"}"#, .badStructure, 0),
        (#"{"keys":[1]}"#, .badStructure, 1),
        (#"{"keys":[[]]}"#, .badStructure, 1), (#"{"keys":[{}]}"#, .badStructure, 1), (#"{"kty":1}"#, .badStructure, 1),
        (#"{"kty":null,"k":"@"}"#, .badStructure, 1), (#"{"kty":"oct","k":1}"#, .badStructure, 1),
        (#"{"kty":"oct","k":"@=="}"#, .badEncoding, 1), (#"{"kty":"oct","k":"@ "}"#, .badEncoding, 1),
        (#"{"kty":"oct","k":"!!!not-valid!!!"}"#, .badEncoding, 1), (#"{"kty":"oct","k":""}"#, .tooShort, 1),
        (#"{"kty":"oct","k":"c2VjcmV0"}"#, .tooShort, 1), (#"{"kty":"oct","k":"@","kid":7}"#, .badStructure, 1),
        (#"{"kty":"oct","k":"@","alg":256}"#, .badStructure, 1), (#"{"kty":"oct","k":"@","use":[]}"#, .badStructure, 1),
        (#"{"kty":"oct","k":"@","key_ops":"verify"}"#, .badStructure, 1),
        (#"{"kty":"oct","k":"@","key_ops":["verify",1]}"#, .badStructure, 1),
        (#"{"kty":"oct","k":"@","use":"enc"}"#, .notForVerification, 1),
        (#"{"kty":"oct","k":"@","key_ops":["sign"]}"#, .notForVerification, 1),
        (#"{"kty":"oct","k":"@","key_ops":[]}"#, .notForVerification, 1),
        (#"{"kty":"oct","k":"@","alg":"HS512"}"#, .unsupportedAlgorithm, 1),
        (#"{"kty":"oct","k":"@","alg":"none"}"#, .unsupportedAlgorithm, 1),
        (#"{"kty":"oct","k":"@","alg":"hs256"}"#, .unsupportedAlgorithm, 1),
        (#"{"kty":"oct","k":"@","alg":"A256GCM"}"#, .unsupportedAlgorithm, 1),
        (#"{"kty":"OCT","k":"@"}"#, .unsupportedKeyType, 1),
        (#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#, .unsupportedKeyType, 1),
        (#"{"kty":"EC","crv":"P-256","k":"@"}"#, .unsupportedKeyType, 1),
        (#"{"keys":[{"kty":"oct","k":"@","kid":"a"},{"kty":"oct","k":"@","kid":"a"}]}"#, .duplicateKeyID, 2),
        (#"{"keys":[{"kty":"oct","k":"@","kid":"a"},{"kty":"oct","k":"@","kid":"\u0061"}]}"#, .duplicateKeyID, 2),
        (#"{"keys":[{"kty":"oct","k":"@"},{"kty":"oct"}]}"#, .badEncoding, 2),
        (#"{"keys":[{"kty":"oct","k":"@"},{"kty":"oct","k":"c2VjcmV0"}]}"#, .tooShort, 2),
        (#"{"keys":[{"kty":"oct","k":"@"}],"keys":[]}"#, .notJSON, 0),
        (#"{"kty":"oct","k":"@"}{"kty":"oct","k":"@"}"#, .notJSON, 0), (#"{"kty":"oct","k":"@"},"#, .notJSON, 0),
    ])
    func what_is_broken_refuses_the_whole_file_with_its_place(pattern: String, code: KeyError.Code, position: Int) {
        let loaded = LoadedKeys(pattern.replacing("@", with: GoodSecret.base64url(first)))
        #expect(loaded.code == code)
        #expect(loaded.error?.position == position)
    }

    @Test func keys_for_others_are_passed_over_with_the_reason() {
        let set = GoodSecret.set(
            #"{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"rsa"}"#,
            GoodSecret.jwk(second, #""kid":"enc""#, #""use":"enc""#),
            GoodSecret.jwk(first, #""kid":"a""#),
            GoodSecret.jwk(second, #""kid":"512""#, #""alg":"HS512""#),
            GoodSecret.jwk(second, #""kid":"sign""#, #""key_ops":["sign"]"#),
            #"{"kty":"unheard-of"}"#
        )
        let loaded = LoadedKeys(set)
        #expect(loaded.names == ["a"])
        #expect(
            loaded.file?.skipped.map(\.code)
                == [
                    .unsupportedKeyType, .notForVerification, .unsupportedAlgorithm, .notForVerification,
                    .unsupportedKeyType,
                ]
        )
        #expect(loaded.file?.skipped.map(\.position) == [1, 2, 4, 5, 6])
        // A set in which every key is for others has none for this issuer.
        #expect(LoadedKeys(GoodSecret.set(#"{"kty":"RSA"}"#, #"{"kty":"EC"}"#)).code == .unsupportedKeyType)
    }

    @Test func a_key_with_an_algorithm_serves_that_one_only() {
        let requirements = KeyRequirements(algorithms: [.hs256, .hs384], minimumSecretBytes: 32)
        let set = GoodSecret.set(
            GoodSecret.jwk(first, #""kid":"a""#, #""alg":"HS256""#),
            GoodSecret.jwk(first, #""kid":"b""#, #""alg":"HS384""#),
            GoodSecret.jwk(first, #""kid":"c""#)
        )
        #expect(LoadedKeys(set, requirements).file?.keys.map(\.algorithms) == [[.hs256], [.hs384], [.hs256, .hs384]])
    }

    @Test(arguments: [SignatureAlgorithm.hs256, .hs384, .hs512])
    func a_secret_is_as_long_as_the_hash_or_refused(algorithm: SignatureAlgorithm) {
        let requirements = KeyRequirements(algorithms: [algorithm])
        let least = algorithm.digestBytes
        for count in [0, 1, least - 1] {
            #expect(LoadedKeys(GoodSecret.jwk(GoodSecret.text(count)), requirements).code == .tooShort)
        }
        #expect(LoadedKeys(GoodSecret.jwk(GoodSecret.text(least)), requirements).error == nil)
    }

    @Test func the_number_of_keys_is_bounded() {
        func set(_ count: Int, named: Bool) -> String {
            let keys = (0..<count).map { index in
                GoodSecret.jwk(GoodSecret.text(32) + "\(index)", named ? "\"kid\":\"\(index)\"" : "\"x\":0")
            }
            return "{\"keys\":[" + keys.joined(separator: ",") + "]}"
        }
        #expect(LoadedKeys(set(1000, named: true)).file?.keys.count == 1000)
        #expect(LoadedKeys(set(1001, named: true)).code == .tooManyKeys)
        #expect(LoadedKeys(set(4, named: false)).file?.keys.count == 4)
        #expect(LoadedKeys(set(5, named: false)).code == .tooManyKeys)
    }

    @Test func a_directorys_keys_are_checked_together() throws {
        let requirements = KeyRequirements(algorithms: [.hs256])
        let a = try #require(LoadedKeys(first, keyID: "a").file?.keys)
        let b = try #require(LoadedKeys(second, keyID: "b").file?.keys)
        try KeyFile.check(a + b, requirements)
        let error = #expect(throws: KeyError.self) { try KeyFile.check(a + b + a, requirements) }
        #expect(error?.code == .duplicateKeyID)
        #expect(error?.position == 3)
    }
}

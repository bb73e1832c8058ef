import JOSE
import TestSupport
import Testing

@Suite struct SecretStrengthTests {
    /// The same bytes as a line and as a JWK: one judgement for both.
    private func codes(_ secret: [UInt8]) -> [KeyError.Code?] {
        let jwk = "{\"kty\":\"oct\",\"k\":\"\(GoodSecret.base64url(secret))\"}"
        return [LoadedKeys(secret).code, LoadedKeys(jwk).code]
    }

    @Test(arguments: [
        String(repeating: "a", count: 32), String(repeating: "ab", count: 16), String(repeating: "abc", count: 20),
        String(repeating: "mysecret", count: 4), String(repeating: "abcde", count: 8),
        String(repeating: "0", count: 1000),
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb", "01234012340123401234012340123401234",
        String(repeating: "passw0rd", count: 5),
        String(repeating: "changeme", count: 4) + "chan",
    ])
    func few_different_bytes_or_a_word_over_and_over_are_too_weak(text: String) {
        #expect(codes(Array(text.utf8)) == [.tooWeak, .tooWeak])
    }

    @Test func zeros_are_too_weak_in_a_jwk_and_no_text() {
        #expect(codes([UInt8](repeating: 0, count: 32)) == [.badText, .tooWeak])
    }

    @Test(arguments: [GoodSecret.first, GoodSecret.second, GoodSecret.third, GoodSecret.text(32), GoodSecret.text(500)])
    func a_good_secret_is_taken_from_both(text: String) {
        #expect(codes(Array(text.utf8)) == [nil, nil])
    }

    @Test func a_thousand_generated_secrets_are_all_taken() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<1000 {
            let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            #expect(LoadedKeys(GoodSecret.base64url(bytes)).error == nil)
            #expect(LoadedKeys("{\"kty\":\"oct\",\"k\":\"\(GoodSecret.base64url(bytes))\"}").secrets == [bytes])
        }
    }

    // CVE-2015-9235 and its kin: what others may know is no secret, whatever its length.
    @Test(arguments: [
        "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIDtTCCAp2gAwIBAgIJAMKR/NsyfcazMA0G\n-----END CERTIFICATE-----",
        "-----BEGIN RSA PUBLIC KEY-----\r\nMIIBCgKCAQEAvtH4wKLYlIXZlfYQFJtXZVC3\r\n-----END RSA PUBLIC KEY-----\r\n",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE\n-----END OPENSSH PRIVATE KEY-----",
        "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2EAAAADAQABAAABAQC7nZ\n---- END SSH2 PUBLIC KEY ----",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7nZ user@host", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8 user@host",
        "ssh-dss AAAAB3NzaC1kc3MAAACBAP5oCRvXxbCvbTLV user@host",
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTY user@host",
        "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t user@host",
        #"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbf","e":"AQAB"}"#,
        #"{"keys":[{"kty":"EC","crv":"P-256","x":"EB54wykhS7YJFD6RYJNnwbWEz3cI7CF5bCDTXlrwI5k"}]}"#,
        #"{ "kty" : "RSA", "n" : "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbf" }"#,
        #"[{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbf","e":"AQAB"}]"#,
    ])
    func a_public_key_certificate_or_json_is_no_secret_inside_a_jwk(text: String) {
        for bytes in [Array(text.utf8), Array("\n\(text)".utf8), Array("  \t\r\n\(text)".utf8)] {
            let jwk = "{\"kty\":\"oct\",\"k\":\"\(GoodSecret.base64url(bytes))\"}"
            #expect(LoadedKeys(jwk).code == .notASecret)
        }
    }

    @Test(arguments: [
        "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n",
        "-----BEGIN-ONE-LINE-OF-SOMETHING-LIKE-PEM-----", "ssh-rsa-AAAAB3NzaC1yc2EAAAADAQABAAABAQC7nZ",
    ])
    func a_public_key_is_no_secret_as_a_line(text: String) {
        #expect(LoadedKeys(text).code == .notASecret)
        #expect(LoadedKeys(GoodSecret.first + "\n" + text).code == .notASecret)
    }

    // How Java tools and identity servers show a public key: the base64 alone.
    @Test(arguments: [
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onLRnrq0/Iz"
            + "W7yWR7QkrmBL7jTKEn5u+qKhbwKfBstIs+bMY2Zkp18gnTxKLxoS2tFczGkPLPgizskuemMghRniWaoLcyehkd3qqGElvW/VDL5AaWTg0n"
            + "LVkjRo9z+40RQzuVaE8AkAFmxZzow3x+VJYKdjykkJ0iT9wCS0DRTXu269V264Vf/3jvredZiKRkgwlL9xNAwxXFg0x/XFw005UWVRIkdg"
            + "cKWTjpBP2dPwVZ4WWC+9aGVd+Gyn1o0CLelf4rEjGoXbAAEgAqeGUxrcIlbjXfbcmwIDAQAB",
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+"
            + "dFabmdT9POxg==",
        "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
        "AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh",
    ])
    func a_public_key_without_its_armour_is_no_secret(text: String) {
        let urlSafe = text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        #expect(codes(Array(text.utf8)) == [.notASecret, .notASecret])
        #expect(codes(Array(urlSafe.utf8)) == [.notASecret, .notASecret])
        // The DER or SSH bytes themselves.
        #expect(LoadedKeys("{\"kty\":\"oct\",\"k\":\"\(urlSafe)\"}").code == .notASecret)
    }

    // A token is sent around; its header may have its members in any order.
    @Test(arguments: [
        #"{"alg":"HS256","typ":"JWT"}"#, #"{"typ":"JWT","alg":"HS256"}"#, #"{"kid":"1","alg":"RS256"}"#,
        #"{ "alg":"HS256"}"#,
        "{\r\n\"alg\":\"HS256\"}",
    ])
    func a_token_is_no_secret(header: String) {
        let token = [header, #"{"sub":"alice"}"#, "0123456789abcdef0123456789abcdef"].map { GoodSecret.base64url($0) }
            .joined(separator: ".")
        #expect(codes(Array(token.utf8)) == [.notASecret, .notASecret])
    }
}

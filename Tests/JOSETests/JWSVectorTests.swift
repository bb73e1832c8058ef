import JOSE
import Testing

/// Published tokens with their published keys.
@Suite struct JWSVectorTests {
    private func verify(_ token: String, key: String, _ algorithm: SignatureAlgorithm) -> Bool {
        let bytes = Array(token.utf8)
        guard let secret = Base64URL.decode(Array(key.utf8).span).flatMap({ SecretKeyBytes(copying: $0.span) }),
            let context = MACContext(key: secret, algorithm: algorithm),
            let jws = CompactJWS(bytes.span, in: 0..<bytes.count),
            let signature = Base64URL.decode(bytes.span.extracting(jws.signature))
        else { return false }
        return context.verify(bytes.span, input: jws.signingInput, signature: signature.span)
    }

    @Test func the_token_of_rfc_7515_appendix_a_1_verifies() {
        let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
        let token =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        #expect(verify(token, key: key, .hs256))
        #expect(!verify(token, key: key, .hs384))
        #expect(!verify(token.replacing("eyJ0", with: "eyJ1"), key: key, .hs256))
        #expect(!verify(token, key: "B" + key.dropFirst(), .hs256))
    }

    @Test func the_token_of_rfc_7520_section_4_4_verifies() {
        let key = "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"
        let token =
            "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9"
            + ".SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUg"
            + "cm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJl"
            + "IHN3ZXB0IG9mZiB0by4"
            + ".s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0"
        #expect(verify(token, key: key, .hs256))
        #expect(!verify(token.replacing("SXT", with: "SXU"), key: key, .hs256))
    }

    // RFC 4231 §4.2 and §4.7: test cases 1 and 6.
    @Test func the_macs_of_rfc_4231_are_made() throws {
        let cases: [(key: [UInt8], message: String, start: [SignatureAlgorithm: String])] = [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There",
                [.hs256: "b0344c61d8db3853", .hs384: "afd03944d8489562", .hs512: "87aa7cdea5ef619d"]
            ),
            (
                [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                [.hs256: "60e431591ee0b67f", .hs384: "4ece084485813e90", .hs512: "80b24263c7c1a3eb"]
            ),
        ]
        for vector in cases {
            let copy = SecretKeyBytes(copying: vector.key.span)
            let secret = try #require(copy)
            for (algorithm, start) in vector.start {
                let context = try #require(MACContext(key: secret, algorithm: algorithm))
                let message = Array(vector.message.utf8)
                let mac = context.sign(message.span, input: 0..<message.count)
                let hexadecimal = try #require(mac).prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
                    .joined()
                #expect(hexadecimal == start)
            }
        }
    }
}

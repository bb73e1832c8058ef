import JOSE
import StrictJSON
import Testing

@Suite struct JWSSignerTests {
    private let secret = Array("a-shared-secret-of-at-least-sixty-four-bytes-for-all-algorithms-x".utf8)
    private let claims = Array(#"{"sub":"alice"}"#.utf8)

    private func key(_ keyID: String? = nil) throws -> VerificationKey {
        let bytes = SecretKeyBytes(copying: secret.span)
        return VerificationKey(
            keyID: keyID,
            algorithms: Set(SignatureAlgorithm.allCases),
            material: .secret(try #require(bytes))
        )
    }

    private func decoded(_ part: String) throws -> [UInt8] {
        let text = Array(part.utf8)
        let bytes = Base64URL.decode(text.span)
        return try #require(bytes)
    }

    @Test(arguments: [SignatureAlgorithm.hs256, .hs384, .hs512])
    func a_signed_token_has_the_macs_of_an_independent_hmac(algorithm: SignatureAlgorithm) throws {
        let token = try #require(JWSSigner.sign(claims: claims, with: try key(), algorithm: algorithm))
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        try #require(parts.count == 3)
        let header = String(decoding: try decoded(parts[0]), as: UTF8.self)
        #expect(header == #"{"alg":"\#(algorithm.rawValue)","typ":"JWT"}"#)
        #expect(try decoded(parts[1]) == claims)
        #expect(try decoded(parts[2]) == HMACOracle.mac(algorithm, key: secret, Array("\(parts[0]).\(parts[1])".utf8)))
    }

    @Test func the_header_names_the_key_and_the_type() throws {
        let odd = "a\"b\\c\né"
        for (token, kid) in [
            (JWSSigner.sign(claims: claims, with: try key("own"), algorithm: .hs256, type: "at+jwt"), "own"),
            (JWSSigner.sign(claims: claims, with: try key(), algorithm: .hs256, type: "at+jwt", keyID: odd), odd),
            (JWSSigner.sign(claims: claims, with: try key("own"), algorithm: .hs256, type: "at+jwt", keyID: "n"), "n"),
        ] {
            let part = try #require(token?.split(separator: ".").first)
            let bytes = try decoded(String(part))
            let header = try JSONValue(parsing: bytes.span)
            #expect(header["kid"]?.string == kid)
            #expect(header["typ"]?.string == "at+jwt")
        }
    }
}

import Crypto
import Foundation
import JOSE
import StrictJSON
import Testing

/// The keys that authd signs its own word with.
@Suite struct PrivateKeyTests {
    private func load(_ text: String) -> Result<PrivateKey, KeyError> {
        let bytes = Array(text.utf8)
        return Result { () throws(KeyError) in try PrivateKey(bytes.span) }
    }

    private func code(_ text: String) -> KeyError.Code? {
        if case .failure(let error) = load(text) { error.code } else { nil }
    }

    private func privateJWK(
        _ kind: TestKey.Kind,
        _ secret: [UInt8]? = nil,
        _ changes: [String: String?] = [:]
    ) throws
        -> String
    {
        let key = try TestKey.shared(kind)
        let scalar = key.number("priv")
        // An Ed25519 secret stands at the end of its PKCS #8.
        let own =
            kind == .ed25519
            ? Array(key.encodedPrivateKey.suffix(32)) : [UInt8](repeating: 0, count: 32 - scalar.count) + scalar
        var members = key.jwk
        members["d"] = GoodSecret.base64url(secret ?? own)
        return JWKText.text(members, changes)
    }

    private func claims(_ token: String) throws -> (header: JSONValue, payload: [UInt8], signature: [UInt8]) {
        let parts = token.split(separator: ".").map { part in
            let bytes = Array(part.utf8)
            return Base64URL.decode(bytes.span) ?? []
        }
        try #require(parts.count == 3)
        let header = parts[0]
        return (try JSONValue(parsing: header.span), parts[1], parts[2])
    }

    @Test(arguments: [TestKey.Kind.p256, .ed25519])
    func a_key_signs_what_its_own_key_set_verifies(kind: TestKey.Kind) throws {
        let source = try TestKey.shared(kind)
        let files = [
            PEMText.block("PRIVATE KEY", source.encodedPrivateKey), try privateJWK(kind),
            try privateJWK(kind, nil, ["use": "\"sig\"", "key_ops": "[\"sign\"]", "kid": "\"another\""]),
        ]
        for file in files {
            let key = try load(file).get()
            #expect(key.publicKey.encoded == source.encoded)
            #expect(key.algorithm == (kind == .p256 ? .es256 : .edDSA))
            let payload = Array(#"{"sub":"alice"}"#.utf8)
            let token = try #require(JWSSigner.sign(claims: payload, with: key, type: "authd+jwt"))
            let parts = try claims(token)
            #expect(parts.header["alg"]?.string == key.algorithm.rawValue)
            #expect(parts.header["typ"]?.string == "authd+jwt")
            #expect(parts.header["kid"]?.string == key.keyID)
            #expect(parts.payload == payload)
            let loaded = LoadedKeys("{\"keys\":[\(key.publicJWK)]}", JWKText.requirements([key.algorithm]))
            let verifier = try #require(loaded.only)
            #expect(verifier.keyID == key.keyID)
            let input = Array(token.utf8.prefix(token.utf8.count - parts.signature.count * 4 / 3 - 2))
            #expect(verifier.verifies(key.algorithm, input, parts.signature))
            #expect(!key.publicJWK.contains("\"d\""))
        }
    }

    // The signature in the eyes of somebody else.
    @Test func swift_crypto_verifies_what_is_signed() throws {
        let message = Array("message".utf8)
        for _ in 0..<100 {
            let other = P256.Signing.PrivateKey()
            let key = try load(other.pemRepresentation).get()
            let signed = key.sign(message.span)
            let raw = try #require(signed)
            #expect(raw.count == 64)
            let signature = try P256.Signing.ECDSASignature(rawRepresentation: raw)
            #expect(other.publicKey.isValidSignature(signature, for: Data(message)))
        }
        let source = try TestKey.shared(.ed25519)
        let key = try load(PEMText.block("PRIVATE KEY", source.encodedPrivateKey)).get()
        let signed = key.sign(message.span)
        let raw = try #require(signed)
        let other = try Curve25519.Signing.PublicKey(rawRepresentation: source.encoded.suffix(32))
        #expect(other.isValidSignature(raw, for: Data(message)))
    }

    // RFC 8037 §A.1, §A.3 and §A.4.
    @Test func the_ed25519_example_of_rfc_8037_has_its_thumbprint_and_its_signature() throws {
        let jwk = JWKText.text([
            "kty": "OKP", "crv": "Ed25519", "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        ])
        let key = try load(jwk).get()
        #expect(key.keyID == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        let input = Array("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".utf8)
        let signed = key.sign(input.span)
        let signature = try #require(signed)
        #expect(
            GoodSecret.base64url(signature)
                == "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        )
    }

    @Test func a_sec1_key_with_its_parameters_before_it_is_read() throws {
        let source = try TestKey.shared(.p256)
        let scalar = source.number("priv")
        let sec1 =
            [0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20] + [UInt8](repeating: 0, count: 32 - scalar.count) + scalar
            + [0xA0, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
        let parameters = PEMText.block("EC PARAMETERS", [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07])
        let text = parameters + PEMText.block("EC PRIVATE KEY", sec1)
        #expect(try load(text).get().publicKey.encoded == source.encoded)
        #expect(code(PEMText.block("EC PRIVATE KEY", sec1 + [0])) == .badEncoding)
        #expect(code(parameters) == .empty)
        #expect(code(text + text) == .tooManyKeys)
    }

    @Test func other_types_and_curves_are_refused() throws {
        for kind in [TestKey.Kind.rsa2048, .p384, .p521, .ed448] {
            let file = PEMText.block("PRIVATE KEY", try TestKey.shared(kind).encodedPrivateKey)
            #expect(code(file) == .unsupportedKeyType, "\(kind)")
        }
        for members in [["kty": "EC", "crv": "P-384"], ["kty": "RSA"], ["kty": "oct", "k": "AQAB"], [:]] {
            #expect(code(JWKText.text(members)) == .unsupportedKeyType)
        }
        #expect(code(try privateJWK(.p256, nil, ["crv": "\"Ed25519\""])) == .unsupportedKeyType)
    }

    @Test func a_private_part_that_is_not_of_the_public_part_is_refused() throws {
        for kind in [TestKey.Kind.p256, .ed25519] {
            #expect(code(try privateJWK(kind, [UInt8](repeating: 7, count: 32))) == .contradiction)
            #expect(code(try privateJWK(kind, [UInt8](repeating: 7, count: 31))) == .badEncoding)
            #expect(code(try privateJWK(kind, [UInt8](repeating: 7, count: 33))) == .badEncoding)
            #expect(code(try privateJWK(kind, nil, ["d": nil])) == .badEncoding)
            #expect(code(try privateJWK(kind, nil, ["alg": "\"ES384\""])) == .contradiction)
            #expect(code(try privateJWK(kind, nil, ["use": "\"enc\""])) == .notForVerification)
            #expect(code(try privateJWK(kind, nil, ["key_ops": "[\"verify\"]"])) == .notForVerification)
            #expect(code(try privateJWK(kind, nil, ["x": "\"AQAB\""])) == .badEncoding)
        }
        // Zero and the order itself are no secrets.
        #expect(code(try privateJWK(.p256, [UInt8](repeating: 0, count: 32))) != nil)
        #expect(code(try privateJWK(.p256, CurveOrder.of(.es256))) != nil)
        // A public key of somebody else's beside the secret in the same file.
        let source = try TestKey.shared(.p256).encodedPrivateKey
        let other = try TestKey(.p256).encodedPrivateKey
        let mixed = Array(source.prefix(source.count - 64)) + other.suffix(64)
        #expect(code(PEMText.block("PRIVATE KEY", mixed)) == .contradiction)
    }

    @Test func what_holds_no_private_key_is_refused() throws {
        let key = try TestKey.shared(.p256)
        let good = PEMText.block("PRIVATE KEY", key.encodedPrivateKey)
        #expect(code("") == .empty)
        #expect(code(" \n") == .empty)
        #expect(code("a text") == .empty)
        #expect(code("{") == .notJSON)
        #expect(code(PEMText.block("PUBLIC KEY", key.encoded)) == .badPEM)
        #expect(code(PEMText.block("CERTIFICATE", key.encoded)) == .badPEM)
        #expect(code(good + PEMText.block("PUBLIC KEY", key.encoded)) == .badPEM)
        #expect(code(PEMText.block("ENCRYPTED PRIVATE KEY", key.encodedPrivateKey)) == .unsupportedKeyType)
        #expect(code(PEMText.block("RSA PRIVATE KEY", key.encodedPrivateKey)) == .unsupportedKeyType)
        #expect(code(PEMText.block("PRIVATE KEY", key.encodedPrivateKey + [0])) == .badEncoding)
        #expect(code(PEMText.block("PRIVATE KEY", key.encodedPrivateKey.dropLast())) == .badEncoding)
        #expect(code(good + good) == .tooManyKeys)
    }

    @Test func nothing_of_a_private_key_is_printed() throws {
        let secret = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
        let key = try load(
            JWKText.text([
                "kty": "OKP", "crv": "Ed25519", "d": secret, "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            ])
        ).get()
        var text = String(describing: key) + String(reflecting: key) + key.publicJWK
        dump(key, to: &text)
        #expect(!text.contains(secret.prefix(8)))
        #expect(!text.contains("handle"))
        if case .failure(let error) = load(
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"\(secret)\",\"d\":\"\(secret)x\"}"
        ) {
            #expect(!String(describing: error).contains(secret.prefix(8)))
        }
    }
}

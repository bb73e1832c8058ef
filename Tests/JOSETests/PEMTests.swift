import Foundation
import JOSE
import Testing

/// PEM files of public keys and certificates.
@Suite struct PEMTests {
    private func load(_ text: String, _ algorithms: [SignatureAlgorithm] = JWKText.publicAlgorithms) -> LoadedKeys {
        LoadedKeys(text, JWKText.requirements(algorithms))
    }

    private func pem(_ kind: TestKey.Kind) throws -> String {
        PEMText.block("PUBLIC KEY", try TestKey.shared(kind).encoded)
    }

    private func encoded(_ loaded: LoadedKeys) -> [[UInt8]]? {
        loaded.file?.keys.map { key in
            if case .publicKey(let key) = key.material { key.encoded } else { [] }
        }
    }

    @Test(arguments: TestKey.Kind.allCases)
    func a_public_key_is_one_key_without_a_name(kind: TestKey.Kind) throws {
        let expected = try TestKey.shared(kind).encoded
        for text in [
            try pem(kind), "\n\r\n" + (try pem(kind)), try pem(kind) + "\n\n", "Explanation: of it\n" + (try pem(kind)),
            PEMText.block("PUBLIC KEY", expected, lineEnd: "\r\n"),
            PEMText.block("PUBLIC KEY", expected, lineLength: 4096),
        ] {
            #expect(encoded(load(text)) == [expected])
            #expect(load(text).names == [nil])
        }
        #expect(LoadedKeys(try pem(kind), JWKText.requirements(), keyID: "file").names == ["file"])
    }

    @Test func a_pkcs1_key_is_the_same_key() throws {
        let source = try TestKey.shared(.rsa2048)
        // The BIT STRING of the SubjectPublicKeyInfo holds it, behind 24 bytes.
        let content = Array(source.encoded.dropFirst(24))
        #expect(encoded(load(PEMText.block("RSA PUBLIC KEY", content))) == [source.encoded])
        #expect(load(PEMText.block("RSA PUBLIC KEY", source.encoded)).code == .badEncoding)
        #expect(load(PEMText.block("PUBLIC KEY", content)).code == .badEncoding)
        #expect(load(PEMText.block("RSA PUBLIC KEY", content + [0])).code == .badEncoding)
    }

    @Test func several_blocks_are_several_keys_in_their_order() throws {
        let text = try pem(.p256) + "between them\n\n" + pem(.rsa2048) + pem(.p256)
        #expect(encoded(load(text)) == [try TestKey.shared(.p256).encoded, try TestKey.shared(.rsa2048).encoded])
        // Those that the issuer has no algorithm for are passed over.
        let loaded = load(text, [.rs256])
        #expect(encoded(loaded) == [try TestKey.shared(.rsa2048).encoded])
        #expect(loaded.file?.skipped.map(\.position) == [1, 3])
        #expect(load(text, [.es384]).code == .unsupportedKeyType)
        // One file that is named after its key holds one.
        #expect(LoadedKeys(text, JWKText.requirements(), keyID: "k").code == .duplicateKeyID)
        let many = try (0..<5).map { _ in PEMText.block("PUBLIC KEY", try TestKey(.p256).encoded) }.joined()
        #expect(load(many).code == .tooManyKeys)
    }

    @Test func a_certificate_is_its_key_whatever_its_dates() throws {
        for text in [KeyFixtures.leaf, KeyFixtures.authority, KeyFixtures.signsData] {
            #expect(load(text).only?.algorithms == [.es256])
        }
        #expect(load(KeyFixtures.signsCertificatesOnly).code == .notForVerification)
        // A chain would make its authorities' keys good for tokens.
        #expect(load(KeyFixtures.leaf + KeyFixtures.authority).code == .notForVerification)
        #expect(load(KeyFixtures.authority + KeyFixtures.leaf).code == .notForVerification)
        #expect(load(KeyFixtures.leaf + KeyFixtures.signsData).file?.keys.count == 2)
        #expect(LoadedKeys(KeyFixtures.leaf).code == .notASecret)
    }

    @Test func an_object_of_certificates_names_its_keys() throws {
        func member(_ name: String, _ text: String) -> String {
            "\"\(name)\":\"\(text.replacing("\n", with: "\\n"))\""
        }
        let good = "{" + member("a", KeyFixtures.leaf) + "," + member("b", KeyFixtures.signsData) + "}"
        #expect(load(good).names == ["a", "b"])
        #expect(load(good, [.rs256]).code == .unsupportedKeyType)
        #expect(LoadedKeys(good).file == nil)
        for bad in [
            member("a", KeyFixtures.leaf + KeyFixtures.signsData), member("a", KeyFixtures.leaf) + ",\"b\":true",
            member("a", try pem(.p256)), member("a", KeyFixtures.leaf) + ",\"b\":\"-----BEGIN CERTIFICATE-----\\nAA\"",
            "\"a\":\"-----BEGIN CERTIFICATE-----\"",
        ] {
            #expect(load("{\(bad)}").file == nil)
        }
        var requirements = JWKText.requirements()
        requirements.skipsBrokenKeys = true
        let half = "{" + member("a", KeyFixtures.leaf) + ",\"b\":\"-----BEGIN CERTIFICATE-----\\nAA\"}"
        let loaded = LoadedKeys(half, requirements)
        #expect(loaded.names == ["a"])
        #expect(loaded.file?.skipped.map(\.position) == [2])
    }

    @Test(arguments: [
        "PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY",
        "DSA PRIVATE KEY", "ANY PRIVATE KEY",
    ])
    func a_private_key_is_refused_with_advice(label: String) throws {
        let loaded = load(PEMText.block(label, try TestKey.shared(.p256).encodedPrivateKey))
        #expect(loaded.code == .privateKey)
        #expect(loaded.error?.message.contains("openssl pkey -pubout") == true)
        #expect(load(try pem(.p256) + PEMText.block(label, [1, 2, 3])).code == .privateKey)
    }

    @Test(arguments: [
        "public key", "PUBLIC KEY ", " PUBLIC KEY", "CERTIFICATE KEY", "X509 CERTIFICATE", "TRUSTED CERTIFICATE",
        "CERTIFICATE REQUEST", "PKCS7", "EC PARAMETERS", "", "SSH2 PUBLIC KEY",
    ])
    func another_label_is_refused(label: String) throws {
        #expect(load(PEMText.block(label, try TestKey.shared(.p256).encoded)).code == .badPEM)
    }

    @Test(arguments: [
        KeyFixtures.compressedPoint, KeyFixtures.explicitCurve, KeyFixtures.secp256k1, KeyFixtures.rsaPSS,
        KeyFixtures.x25519, KeyFixtures.rsa1024,
    ])
    func a_key_in_another_encoding_or_of_another_type_is_refused(text: String) {
        let code = load(text).code
        #expect([.badEncoding, .unsupportedKeyType, .unsoundKey].contains(code))
    }

    @Test func text_that_is_not_strict_pem_is_refused() throws {
        let good = try pem(.p256)
        let body = good.split(separator: "\n").dropFirst().dropLast().joined(separator: "\n")
        let begin = "-----BEGIN PUBLIC KEY-----\n"
        let end = "\n-----END PUBLIC KEY-----\n"
        #expect(load(begin + body + end).error == nil)
        for text in [
            begin, begin + end, begin + body, begin + body + "\n", begin + body + "\n-----END CERTIFICATE-----\n",
            begin + body + "\n-----END PUBLIC KEY----\n", begin + body + "\n-----BEGIN PUBLIC KEY-----\n" + body + end,
            begin + "\n" + body + end, begin + body + "\n" + end, begin + "Proc-Type: 4,ENCRYPTED\n" + body + end,
            begin + " " + body + end, begin + body + " " + end, begin + body + "\t" + end, begin + body + "=" + end,
            begin + body.replacing("=", with: "") + end, begin + body + "==" + end, begin + "=" + body + end,
            begin + body.replacing("\n", with: "=\n") + end, begin + "AAAA" + end, begin + "bad-pub-key" + end,
            begin + body.replacing("M", with: "-") + end, begin + body + "AAAA" + end, begin + "A" + body + end,
            "-----END PUBLIC KEY-----\n" + good, good + "-----END PUBLIC KEY-----\n", good + "-----\n",
            good + "-----BEGIN PUBLIC KEY", "-----BEGIN PUBLIC KEY-----" + body + end,
        ] {
            let loaded = load(text)
            #expect(loaded.file == nil, "\(text)")
            #expect([.badPEM, .badEncoding].contains(loaded.code), "\(text)")
        }
        // Blanks before the marker make it explanation.
        #expect(load("  " + good).file == nil)
        #expect(load(String(decoding: [0xEF, 0xBB, 0xBF] + Array(good.utf8), as: UTF8.self)).code == .badText)
    }

    @Test func a_block_without_end_or_bound_is_refused() {
        let long = PEMText.block("PUBLIC KEY", [UInt8](repeating: 7, count: 30_000))
        #expect(load(long).code == .badPEM)
        let longest = PEMText.block("PUBLIC KEY", [UInt8](repeating: 7, count: 24_000))
        #expect(load(longest).code == .badEncoding)
    }
}

import JOSE
import Testing

/// JWK and JWKS with public keys.
@Suite struct PublicKeySetTests {
    private func load(_ text: String, _ algorithms: [SignatureAlgorithm] = JWKText.publicAlgorithms) -> LoadedKeys {
        LoadedKeys(text, JWKText.requirements(algorithms))
    }

    private func changed(_ kind: TestKey.Kind, _ changes: [String: String?]) throws -> LoadedKeys {
        load(JWKText.text(try TestKey.shared(kind).jwk, changes))
    }

    @Test(arguments: TestKey.Kind.allCases)
    func a_jwk_becomes_the_key_that_openssl_writes(kind: TestKey.Kind) throws {
        let source = try TestKey.shared(kind)
        let key = try #require(try changed(kind, ["kid": "\"k1\"", "use": "\"sig\"", "key_ops": "[\"verify\"]"]).only)
        #expect(key.keyID == "k1")
        guard case .publicKey(let publicKey) = key.material else {
            Issue.record("not a public key")
            return
        }
        #expect(publicKey.encoded == source.encoded)
        #expect(key.algorithms == publicKey.algorithms)
        let others = JWKText.publicAlgorithms.filter { !publicKey.algorithms.contains($0) }
        #expect(load(JWKText.text(source.jwk), others).file == nil)
    }

    @Test func a_key_serves_the_issuers_algorithms_that_it_can_and_that_its_alg_names() throws {
        func algorithms(
            _ kind: TestKey.Kind,
            _ name: String?,
            _ allowed: [SignatureAlgorithm]
        ) throws
            -> Set<SignatureAlgorithm>?
        {
            let text = JWKText.text(try TestKey.shared(kind).jwk, name.map { ["alg": "\"\($0)\""] } ?? [:])
            return load(text, allowed).only?.algorithms
        }
        #expect(try algorithms(.rsa2048, nil, [.rs256, .ps512, .es256]) == [.rs256, .ps512])
        #expect(try algorithms(.rsa2048, "PS256", JWKText.publicAlgorithms) == [.ps256])
        #expect(try algorithms(.rsa2048, "PS256", [.rs256]) == nil)
        #expect(try algorithms(.p384, nil, JWKText.publicAlgorithms) == [.es384])
        #expect(try algorithms(.p384, "ES384", [.es256]) == nil)
        #expect(try algorithms(.ed25519, nil, JWKText.publicAlgorithms) == [.edDSA, .ed25519])
        #expect(try algorithms(.ed25519, "EdDSA", JWKText.publicAlgorithms) == [.edDSA])
        #expect(try algorithms(.ed25519, "Ed25519", JWKText.publicAlgorithms) == [.ed25519])
        #expect(try algorithms(.ed25519, nil, [.ed448]) == nil)
        #expect(try algorithms(.ed448, nil, [.edDSA]) == [.edDSA])
    }

    @Test func one_key_for_two_algorithms_without_a_name_stays_two() throws {
        let jwk = try TestKey.shared(.rsa2048).jwk
        let rs256 = JWKText.text(jwk, ["alg": "\"RS256\""])
        let ps256 = JWKText.text(jwk, ["alg": "\"PS256\""])
        #expect(load(JWKText.set([rs256, ps256, rs256])).file?.keys.map(\.algorithms) == [[.rs256], [.ps256]])
    }

    @Test(arguments: [
        (TestKey.Kind.rsa2048, "ES256"), (.rsa2048, "HS256"), (.rsa2048, "EdDSA"), (.p256, "RS256"), (.p256, "ES384"),
        (.p256, "ES512"), (.p384, "ES256"), (.p521, "ES384"), (.ed25519, "ES256"), (.ed25519, "Ed448"),
        (.ed448, "Ed25519"), (.p256, "HS256"),
    ])
    func an_alg_that_contradicts_the_key_refuses_it(kind: TestKey.Kind, name: String) throws {
        let loaded = try changed(kind, ["alg": "\"\(name)\""])
        #expect(loaded.code == .contradiction)
        #expect(loaded.error?.position == 1)
    }

    @Test(arguments: [
        (TestKey.Kind.p256, "P-384"), (.p384, "P-256"), (.p521, "P-256"), (.p256, "P-521"), (.ed25519, "Ed448"),
        (.ed448, "Ed25519"),
    ])
    func a_swapped_curve_is_refused_by_the_length(kind: TestKey.Kind, curve: String) throws {
        #expect(try changed(kind, ["crv": "\"\(curve)\""]).code == .badEncoding)
    }

    @Test(arguments: [
        (TestKey.Kind.p256, "secp256k1"), (.p256, "Ed25519"), (.ed25519, "P-256"), (.ed25519, "X25519"),
        (.p256, "p-256"), (.p256, "prime256v1"), (.ed448, "X448"), (.p256, ""),
    ])
    func a_curve_that_nobody_here_uses_passes_the_key_over(kind: TestKey.Kind, curve: String) throws {
        let odd = JWKText.text(try TestKey.shared(kind).jwk, ["crv": "\"\(curve)\""])
        #expect(load(odd).code == .unsupportedKeyType)
        let good = JWKText.text(try TestKey.shared(.p384).jwk, ["kid": "\"good\""])
        let loaded = load(JWKText.set([odd, good]))
        #expect(loaded.names == ["good"])
        #expect(loaded.file?.skipped.map(\.code) == [.unsupportedKeyType])
    }

    @Test(arguments: ["enc", "SIG", ""])
    func another_use_passes_the_key_over(use: String) throws {
        #expect(try changed(.rsa2048, ["use": "\"\(use)\""]).code == .notForVerification)
    }

    @Test(arguments: [
        ("[]", KeyError.Code.notForVerification), ("[\"sign\"]", .notForVerification),
        ("[\"encrypt\",\"wrapKey\"]", .notForVerification), ("[\"Verify\"]", .notForVerification),
        ("[\"verify\",\"verify\"]", .badStructure), ("\"verify\"", .badStructure), ("[1]", .badStructure),
        ("null", .badStructure),
    ])
    func key_ops_without_verify_or_of_a_wrong_form_do_not_verify(operations: String, code: KeyError.Code) throws {
        #expect(try changed(.p256, ["key_ops": operations]).code == code)
        #expect(try changed(.p256, ["key_ops": "[\"sign\",\"verify\"]"]).error == nil)
    }

    // RFC 7518 §6.2.1.1 wants it; Google's verifier does without, and the point says what it is.
    @Test func an_ec_key_without_a_curve_is_on_the_curve_of_its_alg_or_its_length() throws {
        for (kind, name) in [(TestKey.Kind.p256, "ES256"), (.p384, "ES384"), (.p521, "ES512")] {
            #expect(try changed(kind, ["crv": nil]).only?.algorithms.map(\.rawValue) == [name])
            #expect(try changed(kind, ["crv": nil, "alg": "\"\(name)\""]).only?.algorithms.map(\.rawValue) == [name])
        }
        #expect(try changed(.p256, ["crv": nil, "alg": "\"ES384\""]).code == .badEncoding)
        #expect(try changed(.p256, ["crv": nil, "x": "\"AQAB\""]).code == .badStructure)
        #expect(try changed(.ed25519, ["crv": nil]).code == .badStructure)
        // 32 bytes, but of another curve: the point is not on P-256.
        let foreign = LoadedKeys(KeyFixtures.secp256k1, JWKText.requirements())
        #expect(foreign.code == .unsupportedKeyType)
    }

    @Test(arguments: TestKey.Kind.allCases)
    func a_private_key_is_refused(kind: TestKey.Kind) throws {
        #expect(try changed(kind, ["d": "\"AQAB\""]).code == .privateKey)
        #expect(try changed(kind, ["d": "null"]).code == .privateKey)
        guard kind == .rsa2048 else { return }
        for name in ["p", "q", "dp", "dq", "qi", "oth"] {
            #expect(try changed(kind, [name: "\"AQAB\""]).code == .privateKey)
        }
    }

    @Test(arguments: [
        (TestKey.Kind.rsa2048, "n"), (.rsa2048, "e"), (.p256, "x"), (.p256, "y"), (.p521, "x"), (.ed25519, "x"),
        (.ed448, "x"),
    ])
    func a_member_that_is_missing_or_no_canonical_base64url_is_refused(kind: TestKey.Kind, name: String) throws {
        let good = try #require(try TestKey.shared(kind).jwk[name])
        #expect(try changed(kind, [name: nil]).code == .badEncoding)
        for bad in ["", "A", "!", "\(good)=", "\(good)==", " \(good)", "\(good) ", good + "A", good + "\\n"] {
            #expect(try changed(kind, [name: "\"\(bad)\""]).file == nil, "\(bad)")
        }
        for bad in ["null", "1", "[]", "{}", "true", "[\"\(good)\"]"] {
            #expect(try changed(kind, [name: bad]).code == .badStructure, "\(bad)")
        }
        let standard = good.replacing("-", with: "+").replacing("_", with: "/")
        if standard != good { #expect(try changed(kind, [name: "\"\(standard)\""]).code == .badEncoding) }
    }

    @Test(arguments: [TestKey.Kind.p256, .p384, .p521])
    func coordinates_of_another_length_and_points_off_the_curve_are_refused(kind: TestKey.Kind) throws {
        let jwk = try TestKey.shared(kind).jwk
        for name in ["x", "y"] {
            let text = Array(try #require(jwk[name]).utf8)
            let decoded = Base64URL.decode(text.span)
            let good = try #require(decoded)
            for bad in [[0] + good, good + [0], Array(good.dropFirst()), Array(good.dropLast())] {
                #expect(try changed(kind, [name: "\"\(GoodSecret.base64url(bad))\""]).code == .badEncoding)
            }
            for bit in [0, 7, 100, 255] {
                var bytes = good
                bytes[bytes.count - 1 - bit / 8] ^= 1 << UInt8(bit % 8)
                #expect(try changed(kind, [name: "\"\(GoodSecret.base64url(bytes))\""]).file == nil)
            }
            let ones = [UInt8](repeating: 0xFF, count: good.count)
            #expect(try changed(kind, [name: "\"\(GoodSecret.base64url(ones))\""]).file == nil)
        }
        let zeros =
            "\"\(GoodSecret.base64url([UInt8](repeating: 0, count: kind == .p256 ? 32 : kind == .p384 ? 48 : 66)))\""
        #expect(try changed(kind, ["x": zeros, "y": zeros]).file == nil)
        let x = try #require(jwk["x"])
        let y = try #require(jwk["y"])
        #expect(try changed(kind, ["x": "\"\(y)\"", "y": "\"\(x)\""]).file == nil)
    }

    @Test func a_broken_key_refuses_a_file_and_is_passed_over_in_a_set_from_afar() throws {
        let good = JWKText.text(try TestKey.shared(.p256).jwk, ["kid": "\"good\""])
        let broken = JWKText.text(try TestKey.shared(.p256).jwk, ["kid": "\"bad\"", "y": "\"AQAB\""])
        let leaked = JWKText.text(try TestKey.shared(.p384).jwk, ["kid": "\"leaked\"", "d": "\"AQAB\""])
        let set = JWKText.set([broken, good, leaked, "7", "{}"])
        let file = LoadedKeys(set, JWKText.requirements())
        #expect(file.code == .badEncoding)
        #expect(file.error?.position == 1)
        var requirements = JWKText.requirements()
        requirements.skipsBrokenKeys = true
        let remote = LoadedKeys(set, requirements)
        #expect(remote.names == ["good"])
        #expect(remote.file?.skipped.map(\.code) == [.badEncoding, .privateKey, .badStructure, .badStructure])
        #expect(remote.file?.skipped.map(\.position) == [1, 3, 4, 5])
        // A set of nothing but broken keys is no set, and a name that stands twice is nobody's.
        #expect(LoadedKeys(JWKText.set([broken, leaked]), requirements).code == .badEncoding)
        #expect(LoadedKeys(JWKText.set([good, good]), requirements).code == .duplicateKeyID)
        #expect(LoadedKeys("{\"keys\":[" + good, requirements).code == .notJSON)
    }

    @Test func public_keys_give_an_hmac_issuer_nothing_and_secrets_others_nothing() throws {
        let jwk = JWKText.text(try TestKey.shared(.rsa2048).jwk)
        #expect(LoadedKeys(jwk).code == .unsupportedKeyType)
        #expect(load(GoodSecret.jwk()).code == .unsupportedKeyType)
        #expect(load(GoodSecret.first).code == .unsupportedKeyType)
        #expect(load(GoodSecret.first + "\n").error?.message.contains("HMAC") == true)
        #expect(load("").code == .empty)
        #expect(LoadedKeys(PEMText.block("PUBLIC KEY", try TestKey.shared(.p256).encoded)).code == .notASecret)
    }
}

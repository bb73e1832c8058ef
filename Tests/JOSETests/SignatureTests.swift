import Crypto
import Foundation
import JOSE
import Testing

/// Signatures of every algorithm, good ones and the ones that others have taken.
@Suite struct SignatureTests {
    private let message = Array("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9".utf8)

    private func key(
        _ key: TestKey,
        _ algorithms: [SignatureAlgorithm] = JWKText.publicAlgorithms
    ) throws
        -> VerificationKey
    {
        try #require(LoadedKeys(JWKText.text(key.jwk), JWKText.requirements(algorithms)).only)
    }

    @Test(arguments: JWKText.publicAlgorithms)
    func a_signature_verifies_under_its_key_and_algorithm_only(algorithm: SignatureAlgorithm) throws {
        let signer = try TestKey.shared(for: algorithm)
        let good = try signer.sign(algorithm, message)
        for other in TestKey.Kind.allCases {
            let verifier = try key(try TestKey.shared(other))
            for name in SignatureAlgorithm.allCases {
                // EdDSA is another name for the same signature.
                let isSame =
                    name == algorithm
                    || (name.family == .edwards && algorithm.family == .edwards && signer.kind == other)
                let expected = other == signer.kind && isSame && verifier.algorithms.contains(name)
                #expect(verifier.verifies(name, message, good) == expected, "\(name) by \(other)")
            }
        }
        let another = try key(try TestKey(signer.kind))
        #expect(!another.verifies(algorithm, message, good))
        // A verifier goes on after a bad signature as if nothing had been.
        let mine = try key(signer)
        let verifier = try #require(SignatureVerifier(mine, algorithm: algorithm))
        for round in 0..<20 {
            var bytes = good
            if round % 3 != 0 { bytes[round * 7 % bytes.count] ^= 1 << UInt8(round % 8) }
            let isValid = verifier.verify(message.span, input: 0..<message.count, signature: bytes.span)
            #expect(isValid == (round % 3 == 0))
        }
        let isOutOfRange = verifier.verify(message.span, input: 0..<(message.count + 1), signature: good.span)
        #expect(!isOutOfRange)
    }

    @Test(arguments: JWKText.publicAlgorithms)
    func every_changed_bit_and_every_other_length_is_refused(algorithm: SignatureAlgorithm) throws {
        let signer = try TestKey.shared(for: algorithm)
        let verifier = try key(signer)
        let good = try signer.sign(algorithm, message)
        #expect(good.count == signatureBytes(verifier))
        for index in stride(from: 0, to: good.count * 8, by: good.count > 200 ? 61 : 13) {
            var bytes = good
            bytes[index / 8] ^= 1 << UInt8(index % 8)
            #expect(!verifier.verifies(algorithm, message, bytes), "bit \(index)")
        }
        for bytes in [
            [], [0], Array(good.dropLast()), Array(good.dropFirst()), good + [0], [0] + good, good + good,
            [UInt8](repeating: 0, count: good.count), [UInt8](repeating: 0xFF, count: good.count),
        ] {
            #expect(!verifier.verifies(algorithm, message, bytes), "\(bytes.count) bytes")
        }
        #expect(!verifier.verifies(algorithm, message.dropLast(), good))
    }

    private func signatureBytes(_ key: VerificationKey) -> Int {
        if case .publicKey(let key) = key.material { key.signatureBytes } else { 0 }
    }

    // An independent signer: swift-crypto.
    @Test func signatures_of_an_independent_implementation_verify() throws {
        let data = Data(message)
        let p256 = P256.Signing.PrivateKey()
        let p384 = P384.Signing.PrivateKey()
        let p521 = P521.Signing.PrivateKey()
        let edwards = Curve25519.Signing.PrivateKey()
        let cases: [(String, [UInt8], SignatureAlgorithm)] = [
            (p256.publicKey.pemRepresentation, Array(try p256.signature(for: data).rawRepresentation), .es256),
            (p384.publicKey.pemRepresentation, Array(try p384.signature(for: data).rawRepresentation), .es384),
            (p521.publicKey.pemRepresentation, Array(try p521.signature(for: data).rawRepresentation), .es512),
            (
                JWKText.text([
                    "kty": "OKP", "crv": "Ed25519",
                    "x": GoodSecret.base64url(Array(edwards.publicKey.rawRepresentation)),
                ]),
                Array(try edwards.signature(for: data)), .edDSA
            ),
        ]
        for (file, signature, algorithm) in cases {
            let key = try #require(LoadedKeys(file, JWKText.requirements()).only)
            #expect(key.verifies(algorithm, message, signature), "\(algorithm)")
        }
    }

    // CVE-2022-21449 and its kin.
    @Test(arguments: [SignatureAlgorithm.es256, .es384, .es512])
    func ecdsa_numbers_that_are_zero_or_at_least_the_order_are_refused(algorithm: SignatureAlgorithm) throws {
        let signer = try TestKey.shared(for: algorithm)
        let verifier = try key(signer)
        let good = try signer.sign(algorithm, message)
        let half = good.count / 2
        let r = Array(good.prefix(half))
        let s = Array(good.suffix(half))
        let zero = [UInt8](repeating: 0, count: half)
        let one = Array(zero.dropLast()) + [1]
        let order = CurveOrder.of(algorithm)
        #expect(order.count == half)
        let pairs: [([UInt8], [UInt8])] = [
            (zero, s), (r, zero), (zero, zero), (order, s), (r, order), (order, order), (one, one), (one, order),
            (CurveOrder.sum(r, order), s), (r, CurveOrder.sum(s, order)),
        ]
        for (left, right) in pairs {
            #expect(!verifier.verifies(algorithm, message, left + right))
        }
        // (r, n - s) is as good as (r, s): a signature is no name for a token.
        #expect(verifier.verifies(algorithm, message, r + CurveOrder.difference(order, s)))
        #expect(verifier.verifies(algorithm, message, good))
    }

    @Test(arguments: [SignatureAlgorithm.es256, .es384, .es512])
    func an_ecdsa_signature_in_der_is_refused(algorithm: SignatureAlgorithm) throws {
        let signer = try TestKey.shared(for: algorithm)
        let verifier = try key(signer)
        let good = try signer.sign(algorithm, message)
        func integer(_ bytes: some Collection<UInt8>) -> [UInt8] {
            let number = Array(bytes.drop { $0 == 0 })
            let content = (number.first ?? 0) >= 0x80 ? [0] + number : number
            return [0x02, UInt8(content.count)] + content
        }
        let numbers = integer(good.prefix(good.count / 2)) + integer(good.suffix(good.count / 2))
        let der = (numbers.count < 0x80 ? [0x30] : [0x30, 0x81]) + [UInt8(numbers.count)] + numbers
        #expect(!verifier.verifies(algorithm, message, der))
        // Cut or filled up to the right length too.
        #expect(!verifier.verifies(algorithm, message, Array((der + good).prefix(good.count))))
        #expect(!verifier.verifies(algorithm, message, Array(der.suffix(good.count))))
    }

    // Numbers that begin with zeros or with a set bit go through DER and back.
    @Test func five_hundred_signatures_of_each_curve_verify() throws {
        for algorithm in [SignatureAlgorithm.es256, .es384, .es512] {
            let signer = try TestKey.shared(for: algorithm)
            let verifier = try key(signer)
            var short = 0
            for round in 0..<500 {
                let text = message + Array(String(round).utf8)
                let signature = try signer.sign(algorithm, text)
                if signature[0] == 0 || signature[signature.count / 2] == 0 { short += 1 }
                #expect(verifier.verifies(algorithm, text, signature))
            }
            print("\(algorithm): \(short) of 500 signatures had a number with a zero byte in front")
        }
    }

    @Test(arguments: [SignatureAlgorithm.ps256, .ps384, .ps512])
    func pss_with_another_salt_or_mask_is_refused(algorithm: SignatureAlgorithm) throws {
        let signer = try TestKey.shared(.rsa2048)
        let verifier = try key(signer)
        let hash = algorithm.digestBytes
        #expect(verifier.verifies(algorithm, message, try signer.sign(message, hash: hash, .pss(salt: Int32(hash)))))
        for salt in [0, 1, 8, 20, 32, 48, 64, hash - 1, hash + 1, 256 - hash - 2] where salt != hash {
            let signature = try signer.sign(message, hash: hash, .pss(salt: Int32(salt)))
            #expect(!verifier.verifies(algorithm, message, signature), "salt of \(salt)")
        }
        for mask in [20, 32, 48, 64] where mask != hash {
            let signature = try signer.sign(message, hash: hash, .pss(salt: Int32(hash), mask: Int32(mask)))
            #expect(!verifier.verifies(algorithm, message, signature), "mask of \(mask)")
        }
    }

    @Test(arguments: [SignatureAlgorithm.rs256, .rs384, .rs512])
    func pkcs1_with_another_hash_is_refused(algorithm: SignatureAlgorithm) throws {
        let signer = try TestKey.shared(.rsa2048)
        let verifier = try key(signer)
        for hash in [20, 32, 48, 64] {
            let signature = try signer.sign(message, hash: hash, .pkcs1)
            #expect(verifier.verifies(algorithm, message, signature) == (hash == algorithm.digestBytes))
        }
    }

    // A number that is the signature plus the modulus is the same to a careless verifier.
    @Test func an_rsa_signature_at_or_above_the_modulus_is_refused() throws {
        let signer = try TestKey.shared(.rsa2048)
        let verifier = try key(signer)
        let modulus = signer.number("n")
        var tried = 0
        for round in 0..<40 {
            let text = message + Array(String(round).utf8)
            let good = try signer.sign(.rs256, text)
            let above = CurveOrder.sum(good, modulus)
            #expect(verifier.verifies(.rs256, text, good))
            // Where there is no carry, the sum has the right length.
            guard CurveOrder.difference(above, modulus) == good, above != good,
                above.lexicographicallyPrecedes(good) == false
            else { continue }
            tried += 1
            #expect(!verifier.verifies(.rs256, text, above))
        }
        #expect(!verifier.verifies(.rs256, message, modulus))
        print("RSA: \(tried) of 40 signatures with the modulus added kept their length")
    }

    // RFC 8032 §5.1.7: S below the order; adding the order gives a second signature to a careless verifier.
    @Test func an_ed25519_signature_whose_s_is_not_reduced_is_refused() throws {
        let signer = try TestKey.shared(.ed25519)
        let verifier = try key(signer)
        let good = try signer.sign(.edDSA, message)
        let s = Array(good.suffix(32).reversed())
        var above = CurveOrder.sum(s, CurveOrder.ed25519)
        #expect(!verifier.verifies(.edDSA, message, Array(good.prefix(32)) + above.reversed()))
        above = CurveOrder.sum(above, CurveOrder.ed25519)
        #expect(!verifier.verifies(.edDSA, message, Array(good.prefix(32)) + above.reversed()))
        #expect(verifier.verifies(.ed25519, message, good))
    }
}

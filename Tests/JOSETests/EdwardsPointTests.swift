import Crypto
import Foundation
import JOSE
import TestSupport
import Testing

/// Ed25519 and Ed448 public keys that libcrypto would take.
@Suite struct EdwardsPointTests {
    private func code(_ bytes: [UInt8], _ curve: String = "Ed25519") -> KeyError.Code? {
        let members = ["kty": "OKP", "crv": curve, "x": GoodSecret.base64url(bytes)]
        let jwk = LoadedKeys(JWKText.text(members), JWKText.requirements()).code
        let prefix: [UInt8] =
            curve == "Ed448"
            ? [0x30, 0x43, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x71, 0x03, 0x3A, 0x00]
            : [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
        let pem = LoadedKeys(PEMText.block("PUBLIC KEY", prefix + bytes), JWKText.requirements()).code
        #expect(jwk == pem)
        return jwk
    }

    // The eight points whose order divides 8, and the encodings of them that are not canonical, each with both signs.
    @Test(arguments: [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ])
    func points_of_small_order_are_refused_with_either_sign(text: String) {
        var bytes = CurveOrder.bytes(text)
        #expect(bytes.count == 32)
        #expect(code(bytes) == .unsoundKey)
        bytes[31] ^= 0x80
        #expect(code(bytes) == .unsoundKey)
    }

    @Test func values_at_or_above_the_prime_are_refused() {
        for last in UInt8(0xED)...0xFF {
            let bytes = [last] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
            #expect(code(bytes) == .unsoundKey)
            #expect(code(bytes.dropLast() + [0xFF]) == .unsoundKey)
        }
    }

    // Half of all y have no x; libcrypto's own verifier finds that out with each token.
    @Test func points_off_the_curve_are_refused_as_swift_crypto_does() throws {
        var random = SeededGenerator(seed: 12)
        var refused = 0
        for _ in 0..<200 {
            let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            if code(bytes) != nil { refused += 1 }
        }
        print("Ed25519: \(refused) of 200 random keys are no points")
        #expect((60...140).contains(refused))
        for _ in 0..<200 {
            let good = Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation)
            #expect(code(good) == nil)
        }
    }

    // One signature for every message: R the neutral element, S zero, under the neutral element as a key.
    @Test func the_signature_that_a_weak_key_takes_for_any_message_finds_no_key() {
        let key = [1] + [UInt8](repeating: 0, count: 31)
        #expect(code(key) == .unsoundKey)
    }

    @Test func ed448_keys_are_judged_in_the_same_way() throws {
        let zero = [UInt8](repeating: 0, count: 57)
        let prime = [UInt8](repeating: 0xFF, count: 28) + [0xFE] + [UInt8](repeating: 0xFF, count: 27) + [0]
        for bytes in [zero, [1] + zero.dropFirst(), [0xFE] + prime.dropFirst(), prime, zero.dropLast() + [0x80]] {
            #expect(code(bytes, "Ed448") == .unsoundKey)
        }
        // Bits between the number and the sign.
        let good = Array(try TestKey.shared(.ed448).encoded.suffix(57))
        #expect(code(good, "Ed448") == nil)
        #expect(code(good.dropLast() + [(good.last ?? 0) | 0x40], "Ed448") == .unsoundKey)
        for _ in 0..<20 { #expect(code(Array(try TestKey(.ed448).encoded.suffix(57)), "Ed448") == nil) }
        var random = SeededGenerator(seed: 13)
        var refused = 0
        for _ in 0..<100 {
            let bytes = (0..<56).map { _ in UInt8.random(in: .min ... .max, using: &random) } + [0]
            if code(bytes, "Ed448") != nil { refused += 1 }
        }
        #expect((25...75).contains(refused))
    }

    @Test(arguments: [0, 1, 31, 33, 64])
    func another_length_is_refused(count: Int) {
        #expect(code([UInt8](repeating: 9, count: count)) == .badEncoding)
    }
}

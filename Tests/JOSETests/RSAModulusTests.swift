import Foundation
import JOSE
import TestSupport
import Testing

/// RSA keys that no token may be verified with.
@Suite struct RSAModulusTests {
    private func load(n: [UInt8], e: [UInt8] = [1, 0, 1]) -> LoadedKeys {
        let members = ["kty": "RSA", "n": GoodSecret.base64url(n), "e": GoodSecret.base64url(e)]
        return LoadedKeys(JWKText.text(members), JWKText.requirements([.rs256, .ps256]))
    }

    private func modulus() throws -> [UInt8] { try TestKey.shared(.rsa2048).number("n") }

    @Test func a_key_below_2048_bits_is_refused_in_every_form() throws {
        for bits: Int32 in [512, 1024, 1536, 2040, 2047] {
            let key = try TestKey(.rsa2048, rsaBits: bits)
            #expect(load(n: key.number("n")).code == .unsoundKey, "\(bits)")
            let pem = PEMText.block("PUBLIC KEY", key.encoded)
            #expect(LoadedKeys(pem, JWKText.requirements()).code == .unsoundKey, "\(bits)")
        }
        #expect(LoadedKeys(KeyFixtures.rsa1024, JWKText.requirements()).code == .unsoundKey)
        for bits: Int32 in [2048, 2049, 3072] {
            let key = try TestKey(.rsa2048, rsaBits: bits)
            let loaded = load(n: key.number("n"))
            let message = Array("m".utf8)
            #expect(try loaded.only?.verifies(.rs256, message, key.sign(.rs256, message)) == true, "\(bits)")
            #expect(try loaded.only?.verifies(.ps256, message, key.sign(.ps256, message)) == true, "\(bits)")
        }
    }

    @Test func a_key_above_8192_bits_is_refused() throws {
        var random = SeededGenerator(seed: 11)
        var number = (0..<1025).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        number[0] = 1
        number[1024] |= 1
        #expect(load(n: number).file == nil)
        number = [0x80] + number.suffix(1023)
        // Of the right length, but with a small factor as most numbers have.
        #expect(load(n: number).file == nil)
    }

    @Test(arguments: [
        [1], [2], [4], [1, 0, 0], [0, 1, 0, 1], [0], [], [1, 0, 0, 0, 1], [UInt8](repeating: 0xFF, count: 9),
    ])
    func an_exponent_that_is_one_even_padded_or_huge_is_refused(exponent: [UInt8]) throws {
        #expect(load(n: try modulus(), e: exponent).file == nil)
    }

    @Test(arguments: [[3], [17], [1, 0, 1], [0xFF, 0xFF, 0xFF, 0xFF]])
    func an_odd_exponent_of_at_most_32_bits_is_taken(exponent: [UInt8]) throws {
        #expect(load(n: try modulus(), e: exponent).error == nil)
    }

    // RFC 7518 §2: as few bytes as it takes.
    @Test func a_modulus_with_a_leading_zero_is_refused() throws {
        #expect(load(n: [0] + (try modulus())).code == .badEncoding)
    }

    @Test func an_even_modulus_a_small_factor_and_a_prime_power_are_refused() throws {
        var even = try modulus()
        even[255] &= 0xFE
        #expect(load(n: even).code == .unsoundKey)
        // 3 · 5 · 7 … divides one of any 15 odd neighbours.
        var refused = 0
        for step in stride(from: 2, through: 30, by: 2) {
            var number = [UInt8](repeating: 0, count: 256)
            number[255] = UInt8(step)
            if load(n: CurveOrder.sum(try modulus(), number)).code == .unsoundKey { refused += 1 }
        }
        #expect(refused >= 8)
    }

    // CVE-2017-15361: keys of a chip whose primes can be found from the modulus.
    @Test func a_modulus_of_the_faulty_chip_is_refused() throws {
        let encoded = Array(KeyFixtures.markedModulus.utf8)
        let bytes = Base64URL.decode(encoded.span)
        let loaded = load(n: try #require(bytes))
        #expect(loaded.code == .unsoundKey)
        #expect(loaded.error?.message.contains("CVE-2017-15361") == true)
    }
}

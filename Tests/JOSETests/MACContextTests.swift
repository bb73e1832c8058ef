import JOSE
import TestSupport
import Testing

@Suite struct MACContextTests {
    private func makeContext(_ key: [UInt8], _ algorithm: SignatureAlgorithm) -> MACContext? {
        SecretKeyBytes(copying: key.span).flatMap { MACContext(key: $0, algorithm: algorithm) }
    }

    private func verifies(_ context: MACContext, _ message: [UInt8], _ input: Range<Int>, _ signature: [UInt8]) -> Bool
    {
        context.verify(message.span, input: input, signature: signature.span)
    }

    private func sign(_ context: MACContext, _ message: [UInt8], _ input: Range<Int>? = nil) -> [UInt8]? {
        context.sign(message.span, input: input ?? 0..<message.count)
    }

    private func random(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    @Test(arguments: [SignatureAlgorithm.hs256, .hs384, .hs512])
    func every_key_and_message_length_agrees_with_an_independent_hmac(algorithm: SignatureAlgorithm) throws {
        var generator = SeededGenerator(seed: 3)
        // Around the block lengths of both hash families a key is padded or hashed first.
        for keyLength in Array(1...140) + [255, 256, 1000, 5000] {
            let key = random(keyLength, &generator)
            let context = try #require(makeContext(key, algorithm))
            for messageLength in [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1000, keyLength] {
                let message = random(messageLength, &generator)
                let expected = HMACOracle.mac(algorithm, key: key, message)
                #expect(sign(context, message) == expected, "key \(keyLength), message \(messageLength)")
                #expect(verifies(context, message, 0..<message.count, expected))
            }
        }
        for messageLength in 0...300 {
            let key = random(32, &generator)
            let message = random(messageLength, &generator)
            let context = try #require(makeContext(key, algorithm))
            #expect(sign(context, message) == HMACOracle.mac(algorithm, key: key, message))
        }
    }

    @Test(arguments: [SignatureAlgorithm.hs256, .hs384, .hs512])
    func one_wrong_bit_or_another_length_does_not_verify(algorithm: SignatureAlgorithm) throws {
        var generator = SeededGenerator(seed: 4)
        let key = random(64, &generator)
        let message = random(100, &generator)
        let context = try #require(makeContext(key, algorithm))
        let good = HMACOracle.mac(algorithm, key: key, message)
        #expect(verifies(context, message, 0..<100, good))
        for bit in 0..<(good.count * 8) {
            var bad = good
            bad[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!verifies(context, message, 0..<100, bad), "bit \(bit)")
        }
        for count in 0..<good.count { #expect(!verifies(context, message, 0..<100, Array(good.prefix(count)))) }
        #expect(!verifies(context, message, 0..<100, good + [0]))
        #expect(!verifies(context, message, 0..<100, good + good))
        #expect(!verifies(context, message, 0..<100, [UInt8](repeating: 0, count: good.count)))
        // The context is none the worse for it.
        #expect(verifies(context, message, 0..<100, good))
    }

    @Test func another_algorithms_mac_does_not_verify() throws {
        let key = Array("a-shared-secret-of-32-bytes-long".utf8)
        let message = Array("message".utf8)
        for algorithm in [SignatureAlgorithm.hs256, .hs384, .hs512] {
            let context = try #require(makeContext(key, algorithm))
            for other in [SignatureAlgorithm.hs256, .hs384, .hs512] {
                let mac = HMACOracle.mac(other, key: key, message)
                #expect(verifies(context, message, 0..<7, mac) == (other == algorithm))
                // A longer hash cut to length, or a shorter one filled up, is still another.
                let cut = Array((mac + [UInt8](repeating: 0, count: 64)).prefix(algorithm.digestBytes))
                #expect(verifies(context, message, 0..<7, cut) == (other == algorithm))
            }
        }
    }

    @Test func only_the_input_is_signed() throws {
        let key = Array("a-shared-secret-of-32-bytes-long".utf8)
        let context = try #require(makeContext(key, .hs256))
        let message = Array("0123456789".utf8)
        #expect(sign(context, message, 2..<5) == HMACOracle.mac(.hs256, key: key, Array("234".utf8)))
        #expect(sign(context, message, 10..<10) == HMACOracle.mac(.hs256, key: key, []))
        #expect(sign(context, [], 0..<0) == HMACOracle.mac(.hs256, key: key, []))
    }

    @Test func an_input_outside_the_bytes_is_refused() throws {
        let context = try #require(makeContext(Array("a-shared-secret-of-32-bytes-long".utf8), .hs256))
        let message = Array("0123456789".utf8)
        for range in [0..<11, 5..<20, 11..<12, -1..<5, -5 ..< -1] {
            #expect(sign(context, message, range) == nil)
            #expect(!verifies(context, message, range, [UInt8](repeating: 0, count: 32)))
        }
    }

    // RFC 2104: a short key is filled with zeros, so these two are one key. Why lengths are checked when keys are loaded.
    @Test func a_key_and_the_same_with_a_zero_after_it_are_one_key_to_hmac() throws {
        let short = try #require(makeContext(Array("0123456789".utf8), .hs256))
        let longer = try #require(makeContext(Array("0123456789".utf8) + [0], .hs256))
        #expect(sign(short, Array("m".utf8)) == sign(longer, Array("m".utf8)))
    }

    @Test func contexts_of_one_secret_do_not_disturb_each_other() throws {
        let key = Array("a-shared-secret-of-32-bytes-long".utf8)
        let contexts = try (0..<3).map { _ in try #require(makeContext(key, .hs256)) }
        let expected = HMACOracle.mac(.hs256, key: key, Array("x".utf8))
        for round in 0..<30 { #expect(sign(contexts[round % 3], Array("x".utf8)) == expected) }
    }
}

import Foundation
import JOSE
import TestSupport
import Testing

@Suite struct Base64URLTests {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// Foundation's base64, translated to RFC 4648 §5 without padding.
    private func oracle(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    private func encoded(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        Base64URL.encode(bytes.span, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private func decoded(_ text: [UInt8]) -> [UInt8]? { Base64URL.decode(text.span) }
    private func decoded(_ text: String) -> [UInt8]? { decoded(Array(text.utf8)) }

    /// Decodes a part of `text` into a buffer of `capacity` bytes.
    private func decoded(_ text: String, in range: Range<Int>, capacity: Int) -> [UInt8]? {
        let bytes = Array(text.utf8)
        var output = [UInt8](repeating: 0xEE, count: capacity)
        guard let count = Base64URL.decode(bytes.span, in: range, into: &output) else { return nil }
        #expect(output.dropFirst(count).allSatisfy { $0 == 0xEE })
        return Array(output.prefix(count))
    }

    @Test func every_length_agrees_with_foundation_both_ways() {
        var random = SeededGenerator(seed: 2)
        for length in 0...600 {
            let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let text = oracle(bytes)
            #expect(encoded(bytes) == text)
            #expect(decoded(text) == bytes)
        }
    }

    @Test func encoding_appends() {
        var output = Array("a.".utf8)
        Base64URL.encode([0xFB, 0xFF].span, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "a.-_8")
    }

    // All 65 536 texts of two characters: only the 256 that a byte is written as are read.
    @Test func of_all_texts_of_two_bytes_only_the_256_canonical_ones_are_read() {
        var accepted: Set<[UInt8]> = []
        for first in UInt8.min ... .max {
            for second in UInt8.min ... .max {
                guard let bytes = decoded([first, second]) else { continue }
                #expect(bytes.count == 1 && Array(oracle(bytes).utf8) == [first, second])
                accepted.insert([first, second])
            }
        }
        #expect(accepted.count == 256)
    }

    @Test func of_all_texts_of_three_characters_only_the_65536_canonical_ones_are_read() {
        var accepted = 0
        for first in Self.alphabet {
            for second in Self.alphabet {
                for (value, third) in Self.alphabet.enumerated() {
                    let isCanonical = value & 3 == 0
                    #expect((decoded([first, second, third]) != nil) == isCanonical)
                    accepted += isCanonical ? 1 : 0
                }
            }
        }
        #expect(accepted == 65_536)
    }

    @Test(arguments: 2...13)
    func a_byte_outside_the_alphabet_is_refused_at_every_place(length: Int) {
        guard length % 4 != 1 else { return }
        let good = [UInt8](repeating: UInt8(ascii: "A"), count: length)
        #expect(decoded(good) != nil)
        for place in 0..<length {
            for byte in UInt8.min ... .max where !Self.alphabet.contains(byte) {
                var text = good
                text[place] = byte
                #expect(decoded(text) == nil, "byte \(byte) at \(place) of \(length)")
            }
        }
    }

    @Test(arguments: [
        "A", "AAAAA", "AA==", "AAA=", "AA=", "AA ", " AA", "AA\n", "AA\r\n", "A A", "A+A", "A/A", "AAAA\n", "AAAA==",
        "====",
        "AAAA=AAA", "ÀAA", "AB", "AAB", "_x", "%41A", "AA\u{0}", "AAAA.AAAA", "AAAAAAAAA",
    ])
    func what_is_not_canonical_is_refused(text: String) {
        #expect(decoded(text) == nil)
    }

    @Test func the_empty_text_is_no_bytes() {
        #expect(decoded("") == [])
        #expect(encoded([]) == "")
    }

    @Test func a_part_of_a_text_is_read_into_a_buffer_that_may_be_larger() {
        #expect(decoded("..YWJjZA..", in: 2..<8, capacity: 10) == Array("abcd".utf8))
        #expect(decoded("..YWJjZA..", in: 2..<8, capacity: 4) == Array("abcd".utf8))
        #expect(decoded("..YWJjZA..", in: 4..<4, capacity: 0) == [])
        // One byte too little is a refusal, not a cut.
        #expect(decoded("..YWJjZA..", in: 2..<8, capacity: 3) == nil)
        #expect(decoded("..YWJj..", in: 2..<6, capacity: 2) == nil)
        #expect(decoded("..YWJjZA..", in: 2..<9, capacity: 10) == nil)
    }
}

import Testing

@testable import Authorization

@Suite struct KeyedHashTests {
    private let hash = KeyedHash()

    private func long(_ text: [UInt8]) -> [UInt64] {
        let (first, second) = hash.long(text.span)
        return [first, second]
    }

    @Test func a_text_has_one_hash_and_another_process_another() {
        for count in 0..<70 {
            let text = (0..<count).map { UInt8($0) }
            #expect(long(text) == long(text))
            #expect(hash.short(text.span) == hash.short(text.span))
            let other = KeyedHash()
            #expect(hash.short(text.span) != other.short(text.span))
        }
    }

    // Every length, every bit of every byte, and zeros that are nothing but longer.
    @Test func texts_that_differ_in_anything_have_different_hashes() {
        var short: Set<UInt64> = []
        var long: Set<[UInt64]> = []
        var texts: Set<[UInt8]> = []
        for count in 0..<70 { texts.insert([UInt8](repeating: 0, count: count)) }
        for count in 1..<40 {
            for bit in 0..<(count * 8) {
                var text = [UInt8](repeating: 0x2D, count: count)
                text[bit / 8] ^= 1 << UInt8(bit % 8)
                texts.insert(text)
            }
        }
        // What stands for the length in one text must not stand for a byte in another.
        for byte in UInt8.min ... .max { texts.insert([byte]) }
        for number in 0..<20_000 { texts.insert(Array("user-\(number)".utf8)) }
        for text in texts {
            short.insert(hash.short(text.span))
            long.insert(self.long(text))
        }
        #expect(short.count == texts.count)
        #expect(long.count == texts.count)
        // Either half alone tells them apart too.
        #expect(Set(long.map { $0[0] }).count == texts.count && Set(long.map { $0[1] }).count == texts.count)
    }
}

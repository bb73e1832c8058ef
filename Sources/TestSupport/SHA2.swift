/// SHA-256, SHA-384 and SHA-512 (FIPS 180-4), written for the tests so that a token's signature is made by nothing that
/// the product uses. The constants are computed from their definition instead of being typed in.
package enum SHA2: String, Sendable, CaseIterable {
    case sha256
    case sha384
    case sha512

    package var blockLength: Int { self == .sha256 ? 64 : 128 }

    package func hash(_ message: [UInt8]) -> [UInt8] {
        switch self {
        case .sha256:
            let state = Compression<UInt32>(rounds: 64, big: (2, 13, 22, 6, 11, 25), small: (7, 18, 3, 17, 19, 10))
                .run(message, initial: Self.roots(of: Self.primes.prefix(8), power: 2).map { UInt32($0 >> 32) })
            return state.flatMap(Self.bytes)
        case .sha384:
            return Self.long(message, initial: Self.roots(of: Self.primes[8..<16], power: 2)).dropLast(16)
        case .sha512:
            return Self.long(message, initial: Self.roots(of: Self.primes.prefix(8), power: 2))
        }
    }

    private static func long(_ message: [UInt8], initial: [UInt64]) -> [UInt8] {
        Compression<UInt64>(rounds: 80, big: (28, 34, 39, 14, 18, 41), small: (1, 8, 7, 19, 61, 6))
            .run(message, initial: initial)
            .flatMap(bytes)
    }

    static func bytes<Word: FixedWidthInteger>(_ word: Word) -> [UInt8] {
        stride(from: Word.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> Word($0)) }
    }

    static let primes: [UInt64] = Array(
        (2...409).filter { number in
            !(2..<number).contains { number % $0 == 0 }
        }.prefix(80)
    ).map(UInt64.init)

    /// The first 64 bits of the fractional part of the square (2) or cube (3) root of each number.
    static func roots(of numbers: some Collection<UInt64>, power: Int) -> [UInt64] {
        numbers.map { number in
            // Binary search, bit by bit, for the largest root with root^power <= number * 2^(64 * power).
            var root = WideInteger(0)
            for bit in stride(from: 69, through: 0, by: -1) {
                let candidate = root.settingBit(bit)
                if candidate.power(power) <= WideInteger(number).shiftedLeft(words: 2 * power) { root = candidate }
            }
            return root.lowest64
        }
    }

    /// The round function, generic over the word: only rotation counts differ between the two families.
    private struct Compression<Word: FixedWidthInteger & UnsignedInteger> {
        let rounds: Int
        let big: (Word, Word, Word, Word, Word, Word)
        let small: (Word, Word, Word, Word, Word, Word)

        func run(_ message: [UInt8], initial: [Word]) -> [Word] {
            let size = Word.bitWidth / 8
            var padded = message + [0x80]
            while (padded.count + 2 * size) % (16 * size) != 0 { padded.append(0) }
            padded += [UInt8](repeating: 0, count: 2 * size - 8) + SHA2.bytes(UInt64(message.count) * 8)
            let constants = SHA2.roundConstants(rounds).map {
                Word(truncatingIfNeeded: $0 >> UInt64(64 - Word.bitWidth))
            }
            var state = initial
            for block in stride(from: 0, to: padded.count, by: 16 * size) {
                let words = (0..<16).map { index in
                    padded[(block + index * size)..<(block + (index + 1) * size)].reduce(Word(0)) { $0 << 8 | Word($1) }
                }
                mix(&state, schedule(words), constants)
            }
            return state
        }

        private func rotate(_ word: Word, _ count: Word) -> Word {
            word >> count | word << (Word(Word.bitWidth) - count)
        }

        private func schedule(_ block: [Word]) -> [Word] {
            var words = block
            for index in 16..<rounds {
                let (early, late) = (words[index - 15], words[index - 2])
                let first = rotate(early, small.0) ^ rotate(early, small.1) ^ early >> small.2
                let second = rotate(late, small.3) ^ rotate(late, small.4) ^ late >> small.5
                words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
            }
            return words
        }

        private func mix(_ state: inout [Word], _ words: [Word], _ constants: [Word]) {
            var v = state
            for index in 0..<rounds {
                let sum1 = rotate(v[4], big.3) ^ rotate(v[4], big.4) ^ rotate(v[4], big.5)
                let choice = v[4] & v[5] ^ ~v[4] & v[6]
                let first = v[7] &+ sum1 &+ choice &+ constants[index] &+ words[index]
                let sum0 = rotate(v[0], big.0) ^ rotate(v[0], big.1) ^ rotate(v[0], big.2)
                let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
                v = [first &+ sum0 &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
            }
            for index in 0..<8 { state[index] = state[index] &+ v[index] }
        }
    }

    private static let cubeRoots = roots(of: primes, power: 3)
    static func roundConstants(_ count: Int) -> [UInt64] { Array(cubeRoots.prefix(count)) }
}

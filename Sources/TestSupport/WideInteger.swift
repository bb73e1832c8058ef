/// A whole number of 256 bits, with just the arithmetic that computing SHA-2's constants needs.
struct WideInteger: Comparable {
    // Eight words of 32 bits, the lowest first, each kept in 64 bits so that products and carries fit.
    private var words = [UInt64](repeating: 0, count: 8)

    init(_ value: UInt64) {
        words[0] = value & 0xFFFF_FFFF
        words[1] = value >> 32
    }

    var lowest64: UInt64 { words[0] | words[1] << 32 }

    func settingBit(_ bit: Int) -> Self {
        var copy = self
        copy.words[bit / 32] |= 1 << UInt64(bit % 32)
        return copy
    }

    func shiftedLeft(words count: Int) -> Self {
        var copy = self
        copy.words = [UInt64](repeating: 0, count: count) + words.dropLast(count)
        return copy
    }

    func power(_ exponent: Int) -> Self {
        (1..<exponent).reduce(self) { product, _ in product.multiplied(by: self) }
    }

    private func multiplied(by other: Self) -> Self {
        var result = Self(0)
        for left in 0..<8 {
            var carry: UInt64 = 0
            for right in 0..<(8 - left) {
                let sum = result.words[left + right] + words[left] * other.words[right] + carry
                result.words[left + right] = sum & 0xFFFF_FFFF
                carry = sum >> 32
            }
        }
        return result
    }

    static func < (left: Self, right: Self) -> Bool {
        for index in stride(from: 7, through: 0, by: -1) where left.words[index] != right.words[index] {
            return left.words[index] < right.words[index]
        }
        return false
    }
}

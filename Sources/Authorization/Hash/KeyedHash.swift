/// A hash under keys that only this process knows, to find texts by that somebody else chose. Whoever does not know the
/// keys cannot seek two texts that meet, nor learn from the time of a comparison how much of a text was right.
///
/// Sixteen bytes a step, folded into each of two lanes by a full multiplication: some ten nanoseconds for a `jti`, where a
/// hash with a proof, such as SipHash, takes eighty. What the proof would add is not needed: nobody sees a hash, and a
/// collision can only refuse a token.
struct KeyedHash: Sendable {
    private let keys: (UInt64, UInt64, UInt64, UInt64)

    /// With keys of the system's generator.
    init() {
        // Odd where they are multiplied by, so that nothing is lost.
        keys = (
            .random(in: .min ... .max), .random(in: .min ... .max) | 1, .random(in: .min ... .max),
            .random(in: .min ... .max) | 1
        )
    }

    /// 64 bits, to be compared together with the text itself.
    func short(_ text: Span<UInt8>) -> UInt64 {
        var state = keys.0
        var position = 0
        while position + 16 <= text.count {
            state = Self.fold(Self.word(text, position) ^ keys.1, Self.word(text, position + 8) ^ state)
            position += 16
        }
        let (first, second) = Self.tail(text, position)
        return Self.fold(Self.fold(first ^ keys.1, second ^ state) ^ UInt64(text.count), keys.3)
    }

    /// 128 bits, to stand for the text.
    func long(_ text: Span<UInt8>) -> (UInt64, UInt64) {
        var (left, right) = (keys.0, keys.2)
        var position = 0
        while position + 16 <= text.count {
            let (first, second) = (Self.word(text, position), Self.word(text, position + 8))
            left = Self.fold(first ^ keys.1, second ^ left)
            right = Self.fold(first ^ right, second ^ keys.3)
            position += 16
        }
        let (first, second) = Self.tail(text, position)
        return (
            Self.fold(Self.fold(first ^ keys.1, second ^ left) ^ UInt64(text.count), keys.3),
            Self.fold(Self.fold(first ^ right, second ^ keys.3) ^ UInt64(text.count), keys.1)
        )
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    /// The last bytes, fewer than sixteen. The text's length, which goes in after them, tells how many they were: put in
    /// before, it could be undone by a byte.
    @inline(__always)
    private static func tail(_ text: Span<UInt8>, _ start: Int) -> (UInt64, UInt64) {
        var (first, second): (UInt64, UInt64) = (0, 0)
        var position = start
        if position + 8 <= text.count {
            first = word(text, position)
            position += 8
        }
        while position < text.count {
            second = second << 8 | UInt64(text[position])
            position += 1
        }
        return (first, second)
    }

    @inline(__always)
    private static func word(_ text: Span<UInt8>, _ offset: Int) -> UInt64 {
        // Safe: the callers stay eight bytes away from the end; any eight bytes are a number, and bytes have no padding.
        unsafe text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
    }
}

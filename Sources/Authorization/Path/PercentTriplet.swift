/// `%XX` (RFC 3986 §2.1).
enum PercentTriplet {
    /// The byte that the triplet at `position` stands for; nil unless two hexadecimal digits follow before `end`.
    static func decode(_ bytes: Span<UInt8>, at position: Int, before end: Int) -> UInt8? {
        guard position + 2 < end, let high = bytes[position + 1].hexValue, let low = bytes[position + 2].hexValue else {
            return nil
        }
        return high << 4 | low
    }

    static func encode(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}

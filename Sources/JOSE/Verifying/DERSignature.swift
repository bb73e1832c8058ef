/// An ECDSA signature as DER: SEQUENCE { r INTEGER, s INTEGER } (RFC 3279 §2.2.3), for at most 66 bytes a number (P-521).
struct DERSignature {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(144) }

    /// Takes `r‖s`, two unsigned numbers of equal length. - Returns: false where one is zero or too long.
    mutating func set(raw: Span<UInt8>) -> Bool {
        let half = raw.count / 2
        guard raw.count == 2 * half, half <= 66 else { return false }
        let r = Self.firstSignificant(raw, 0..<half)
        let s = Self.firstSignificant(raw, half..<raw.count)
        guard r < half, s < raw.count else { return false }
        let length = Self.integerBytes(raw, r..<half) + Self.integerBytes(raw, s..<raw.count)
        bytes.removeAll(keepingCapacity: true)
        bytes.append(0x30)
        if length >= 0x80 { bytes.append(0x81) }
        bytes.append(UInt8(length))
        append(raw, r..<half)
        append(raw, s..<raw.count)
        return true
    }

    /// The place of the first byte that is not zero; the range's end where there is none.
    private static func firstSignificant(_ raw: Span<UInt8>, _ range: Range<Int>) -> Int {
        var index = range.lowerBound
        while index < range.upperBound, raw[index] == 0 { index += 1 }
        return index
    }

    /// Tag, length and value; a first bit that is set takes a zero before it, since INTEGER is signed.
    private static func integerBytes(_ raw: Span<UInt8>, _ range: Range<Int>) -> Int {
        2 + range.count + (raw[range.lowerBound] >= 0x80 ? 1 : 0)
    }

    private mutating func append(_ raw: Span<UInt8>, _ range: Range<Int>) {
        bytes.append(0x02)
        bytes.append(UInt8(Self.integerBytes(raw, range) - 2))
        if raw[range.lowerBound] >= 0x80 { bytes.append(0) }
        for index in range { bytes.append(raw[index]) }
    }
}

/// What libcrypto leaves to others to check about an EdDSA public key: it takes any 32 or 57 bytes for one.
struct EdwardsPoint {
    /// a·x² + y² = 1 + d·x²·y², where a is -1 for the twisted curve of Ed25519 and 1 for that of Ed448.
    private let isTwisted: Bool
    private let field: PrimeField
    private let d: BigNumber
    private let one: BigNumber
    /// The point's y.
    private let y: BigNumber

    /// Why `bytes`, a public key in the form of RFC 8032 §5.1.2 or §5.2.2, is no good one; nil where it is.
    ///
    /// Refused are encodings that are not canonical, points that are not on the curve, and points of small order, under
    /// which one signature is right for very many messages.
    static func refusal(_ bytes: [UInt8], on curve: Curve) -> String? {
        guard bytes.count == curve.coordinateBytes, let point = EdwardsPoint(bytes, curve) else {
            return "it cannot be checked"
        }
        guard point.y < point.field.prime else { return "its point is not written in the canonical form (RFC 8032)" }
        guard let isSmall = point.isOfSmallOrder, let isOnCurve = point.isOnCurve else { return "it cannot be checked" }
        if isSmall { return "its point is of small order, for which anybody can sign" }
        return isOnCurve ? nil : "its point is not on the curve"
    }

    private init?(_ bytes: [UInt8], _ curve: Curve) {
        isTwisted = curve == .ed25519
        var bytes = bytes
        guard let last = bytes.indices.last else { return nil }
        // The top bit is the sign of x, which y does not depend on.
        bytes[last] &= 0x7F
        let prime = isTwisted ? Self.prime25519 : Self.prime448
        guard let field = PrimeField(BigNumber(littleEndian: prime)),
            let d = BigNumber(littleEndian: isTwisted ? Self.d25519 : Self.d448),
            let one = BigNumber(1), let y = BigNumber(littleEndian: bytes)
        else { return nil }
        self.field = field
        self.d = d
        self.one = one
        self.y = y
    }

    // 2^255 - 19.
    private static let prime25519 = [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
    // 2^448 - 2^224 - 1.
    private static let prime448 =
        [UInt8](repeating: 0xFF, count: 28) + [0xFE] + [UInt8](repeating: 0xFF, count: 27)
    // -121665/121666 (RFC 8032 §5.1).
    private static let d25519: [UInt8] = [
        0xA3, 0x78, 0x59, 0x13, 0xCA, 0x4D, 0xEB, 0x75, 0xAB, 0xD8, 0x41, 0x41, 0x4D, 0x0A, 0x70, 0x00,
        0x98, 0xE8, 0x79, 0x77, 0x79, 0x40, 0xC7, 0x8C, 0x73, 0xFE, 0x6F, 0x2B, 0xEE, 0x6C, 0x03, 0x52,
    ]
    // -39081 (RFC 8032 §5.2).
    private static let d448 =
        [0x56, 0x67] + [UInt8](repeating: 0xFF, count: 26) + [0xFE] + [UInt8](repeating: 0xFF, count: 27)

    /// Whether eight times the point (four times on Ed448) is the neutral element; nil when libcrypto fails.
    private var isOfSmallOrder: Bool? {
        // y = 1 is the neutral element, y = -1 has order 2, y = 0 order 4.
        guard let next = field.sum(y, one) else { return nil }
        if y.isZero || y.isOne || next.isZero { return true }
        guard isTwisted else { return false }
        // Twice a point of order 8 has order 4, so its y is zero: d·y⁴ + 2y² = 1.
        guard let square = field.product(y, y), let fourth = field.product(square, square),
            let scaled = field.product(d, fourth), let double = field.sum(square, square),
            let left = field.sum(scaled, double), let rest = field.difference(left, one)
        else { return nil }
        return rest.isZero
    }

    /// Whether there is an x for the y: x² = (y² - 1) / (d·y² - a), which is a square where the product of the two is.
    private var isOnCurve: Bool? {
        guard let square = field.product(y, y), let above = field.difference(square, one),
            let scaled = field.product(d, square),
            let below = isTwisted ? field.sum(scaled, one) : field.difference(scaled, one),
            let product = field.product(above, below)
        else { return nil }
        return field.isSquare(product)
    }
}

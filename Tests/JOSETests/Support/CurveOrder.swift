import JOSE

/// The orders of the curves (FIPS 186-4 §D.1.2, RFC 8032 §5.1), and sums and differences of big-endian numbers of one
/// length.
enum CurveOrder {
    static func of(_ algorithm: SignatureAlgorithm) -> [UInt8] {
        switch algorithm {
        case .es256: bytes("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551")
        case .es384:
            bytes("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973")
        case .es512:
            bytes(
                "01FF" + String(repeating: "F", count: 62)
                    + "FA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409"
            )
        default: []
        }
    }

    static let ed25519 = bytes("1000000000000000000000000000000014DEF9DEA2F79CD65812631A5CF5D3ED")

    static func bytes(_ hexadecimal: String) -> [UInt8] {
        stride(from: 0, to: hexadecimal.utf8.count, by: 2).compactMap { index in
            let digits = hexadecimal.utf8.dropFirst(index).prefix(2)
            return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
        }
    }

    /// Without the last carry.
    static func sum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var result = left
        var carry = 0
        for index in left.indices.reversed() {
            let sum = Int(left[index]) + Int(right[index]) + carry
            result[index] = UInt8(sum & 0xFF)
            carry = sum >> 8
        }
        return result
    }

    static func difference(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var result = left
        var borrow = 0
        for index in left.indices.reversed() {
            let difference = Int(left[index]) - Int(right[index]) - borrow
            result[index] = UInt8(difference & 0xFF)
            borrow = difference < 0 ? 1 : 0
        }
        return result
    }
}

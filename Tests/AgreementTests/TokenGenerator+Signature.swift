import Crypto
import JOSE

extension TokenGenerator {
    /// What becomes of a signature.
    private enum Change: CaseIterable {
        case bit, shorter, longer, muchLonger, doubled, cut, empty, zeros, ones, otherKey, otherMessage, otherAlgorithm,
            otherForm
        case halvesSwapped, zeroR, zeroS, orderR, negatedS, leadingZero, publicKeyAsSecret, reversed
    }

    /// Mostly the right one.
    mutating func signature(_ input: [UInt8], _ draft: inout Draft) throws -> [UInt8] {
        let right = try draft.key.sign(input, draft.algorithm)
        guard chance(14) else { return right }
        let change = pick(Change.allCases)
        draft.notes.append("signature \(change)")
        let half = right.count / 2
        switch change {
        case .bit:
            var signature = right
            signature[Int.random(in: signature.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            return signature
        case .shorter: return Array(right.dropLast())
        case .longer: return right + [UInt8.random(in: 0...255, using: &random)]
        case .muchLonger: return right + Array(repeating: 0, count: 300)
        case .doubled: return right + right
        case .cut: return Array(right.prefix(Int.random(in: 1...max(1, right.count - 1), using: &random)))
        case .empty: return []
        case .zeros: return Array(repeating: 0, count: right.count)
        case .ones: return Array(repeating: 0xFF, count: right.count)
        case .otherKey: return try otherKey(draft).sign(input, draft.algorithm)
        case .otherMessage: return try draft.key.sign(input + [0x20], draft.algorithm)
        case .otherAlgorithm: return try draft.key.sign(input, otherAlgorithm(draft))
        case .otherForm:
            return try draft.key.signInOtherForm(input, draft.algorithm, saltBytes: pick([0, 8, 20, 48, 64]))
        case .halvesSwapped: return Array(right.suffix(half) + right.prefix(half))
        case .zeroR: return Array(repeating: 0, count: half) + right.suffix(half)
        case .zeroS: return right.prefix(half) + Array(repeating: 0, count: half)
        case .orderR: return CurveOrder.bytes(draft.algorithm).map { $0 + right.suffix(half) } ?? right.reversed()
        // As good a signature as the other one (ECDSA is malleable), and another text.
        case .negatedS:
            return CurveOrder.bytes(draft.algorithm)
                .map { right.prefix(half) + CurveOrder.difference($0, Array(right.suffix(half))) } ?? right.reversed()
        case .leadingZero: return [0] + right
        case .publicKeyAsSecret: return publicKeyAsSecret(input, &draft)
        case .reversed: return right.reversed()
        }
    }

    /// A key of the same kind that is not this one.
    private mutating func otherKey(_ draft: Draft) -> AgreementKey {
        let others = world.issuers.flatMap(\.keys)
            .filter { $0 !== draft.key && $0.algorithms.contains { $0.family == draft.algorithm.family } }
            .filter { draft.algorithm.family != .ecdsa || $0.algorithms.contains(draft.algorithm) }
        return others.isEmpty ? draft.key : pick(others)
    }

    private mutating func otherAlgorithm(_ draft: Draft) -> SignatureAlgorithm {
        pick(SignatureAlgorithm.allCases.filter { $0.family == draft.algorithm.family })
    }

    /// CVE-2015-9235: the header says HMAC, and the secret is what everybody knows.
    private mutating func publicKeyAsSecret(_ input: [UInt8], _ draft: inout Draft) -> [UInt8] {
        let secret = SymmetricKey(
            data: chance(50) ? draft.key.publicDER : Array((draft.key.jwk["n"] ?? draft.key.jwk["x"] ?? "").utf8)
        )
        return AgreementKey.mac(input, secret, .hs256)
    }
}

/// The orders of the curves (FIPS 186-4 §D.1.2), for signatures at the edge of what is one.
enum CurveOrder {
    static func bytes(_ algorithm: SignatureAlgorithm) -> [UInt8]? {
        switch algorithm {
        case .es256: hexadecimal("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551")
        case .es384:
            hexadecimal(
                "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973"
            )
        case .es512:
            hexadecimal(
                "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA"
                    + "51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409"
            )
        default: nil
        }
    }

    private static func hexadecimal(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// `left - right`, both big-endian and of one length.
    static func difference(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        guard left.count == right.count else { return right }
        var result = left
        var borrow = 0
        for index in left.indices.reversed() {
            let value = Int(left[index]) - Int(right[index]) - borrow
            borrow = value < 0 ? 1 : 0
            result[index] = UInt8(truncatingIfNeeded: value)
        }
        return result
    }
}

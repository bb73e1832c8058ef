import TestSupport

/// What becomes of a finished token's text.
enum TokenMangling: CaseIterable {
    case dotBehind, dotBefore, dotDoubled, partMore, partLess, fiveParts, noSignature, noDots, spaceBehind, spaceBefore,
        newlineBehind
    case bearer, nulBehind, byteOrderMark, wideDot, twice, twoTokens, quoted, json, lowerCase, upperCase, byteChanged,
        byteRemoved
    case byteInserted, bytesSwapped, cut, empty, reversed, headerEmpty, claimsEmpty, headerTwice, highBit

    func apply(_ token: inout [UInt8], _ random: inout SeededGenerator) {
        let dot = UInt8(ascii: ".")
        let parts = token.split(separator: dot, omittingEmptySubsequences: false).map(Array.init)
        func joined(_ parts: [[UInt8]]) -> [UInt8] { Array(parts.joined(separator: [dot])) }
        let place = token.isEmpty ? 0 : Int.random(in: token.indices, using: &random)
        let byte = UInt8.random(in: 0...255, using: &random)
        switch self {
        case .dotBehind: token.append(dot)
        case .dotBefore: token.insert(dot, at: 0)
        case .dotDoubled: token = joined(parts.prefix(1) + [[]] + parts.dropFirst())
        case .partMore: token = joined(parts + [Array("AAAA".utf8)])
        case .partLess: token = joined(parts.dropLast())
        case .fiveParts: token = joined(parts + parts.prefix(2))
        case .noSignature: token = joined(parts.dropLast() + [[]])
        case .noDots: token.removeAll { $0 == dot }
        case .spaceBehind: token.append(0x20)
        case .spaceBefore: token.insert(0x20, at: 0)
        case .newlineBehind: token.append(0x0A)
        case .bearer: token = Array("Bearer ".utf8) + token
        case .nulBehind: token.append(0)
        case .byteOrderMark: token = [0xEF, 0xBB, 0xBF] + token
        case .wideDot: token = Array(parts.joined(separator: Array("\u{FF0E}".utf8)))
        case .twice: token += token
        case .twoTokens: token += Array(", ".utf8) + token
        case .quoted: token = [0x22] + token + [0x22]
        case .json:
            token = Array("{\"payload\":\"".utf8) + (parts.dropFirst().first ?? []) + Array("\"}".utf8)
        case .lowerCase: token = token.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        case .upperCase: token = token.map { (0x61...0x7A).contains($0) ? $0 & ~0x20 : $0 }
        case .byteChanged: if place < token.count { token[place] = byte }
        case .byteRemoved: if place < token.count { token.remove(at: place) }
        case .byteInserted: token.insert(byte, at: place)
        case .bytesSwapped: if place + 1 < token.count { token.swapAt(place, place + 1) }
        case .cut: token = Array(token.prefix(place))
        case .empty: token = []
        case .reversed: token.reverse()
        case .headerEmpty: token = joined([[]] + parts.dropFirst())
        case .claimsEmpty: token = joined(parts.prefix(1) + [[]] + parts.dropFirst(2))
        case .headerTwice: token = joined(parts.prefix(1) + parts)
        case .highBit: if place < token.count { token[place] |= 0x80 }
        }
    }
}

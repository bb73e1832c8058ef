/// Ways to encode the bytes of a part, all but the first few illegal (RFC 7515 §2).
enum TextWriting: CaseIterable {
    case padded, standardAlphabet, standardPadded, spareBits, newline, space, tab, junk, extraCharacter, wrongPadding,
        percent

    func write(_ bytes: [UInt8], _ plain: [UInt8]) -> [UInt8] {
        let middle = plain.count / 2
        switch self {
        case .padded: return plain + Array(repeating: UInt8(ascii: "="), count: (4 - plain.count % 4) % 4)
        case .standardAlphabet: return plain.map(Self.standard)
        case .standardPadded:
            return plain.map(Self.standard) + Array(repeating: UInt8(ascii: "="), count: (4 - plain.count % 4) % 4)
        case .spareBits: return Self.withSpareBits(plain)
        case .newline: return plain.prefix(middle) + [0x0A] + plain.dropFirst(middle)
        case .space: return plain.prefix(middle) + [0x20] + plain.dropFirst(middle)
        case .tab: return [0x09] + plain
        case .junk: return plain.prefix(middle) + Array("!*".utf8) + plain.dropFirst(middle)
        case .extraCharacter: return plain + [UInt8(ascii: "A")]
        case .wrongPadding: return plain + Array("===".utf8)
        case .percent: return plain.prefix(middle) + Array("%3D".utf8) + plain.dropFirst(middle)
        }
    }

    private static func standard(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: byte
        }
    }

    /// The last character with one of the bits set that no byte takes.
    private static func withSpareBits(_ plain: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        guard let last = plain.last, plain.count % 4 > 1, let value = alphabet.firstIndex(of: last) else {
            return plain
        }
        return plain.dropLast() + [alphabet[value | 1]]
    }
}

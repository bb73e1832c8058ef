internal import StrictJSON

/// A member name of three ASCII letters as one number, so that a name is recognised in one step. Another name is zero.
struct ThreeLetters: Equatable {
    private let value: UInt32

    static let exp = ThreeLetters("e", "x", "p")
    static let iat = ThreeLetters("i", "a", "t")
    static let sub = ThreeLetters("s", "u", "b")
    static let iss = ThreeLetters("i", "s", "s")
    static let aud = ThreeLetters("a", "u", "d")
    static let nbf = ThreeLetters("n", "b", "f")
    static let jti = ThreeLetters("j", "t", "i")
    static let alg = ThreeLetters("a", "l", "g")
    static let kid = ThreeLetters("k", "i", "d")
    static let typ = ThreeLetters("t", "y", "p")
    static let b64 = ThreeLetters("b", "6", "4")

    static func ~= (pattern: ThreeLetters, value: ThreeLetters) -> Bool { pattern.value == value.value }

    @inline(__always)
    private init(_ first: Unicode.Scalar, _ second: Unicode.Scalar, _ third: Unicode.Scalar) {
        value = first.value << 16 | second.value << 8 | third.value
    }

    /// The name at node `name`, escapes resolved.
    init(_ document: JSONDocument, _ name: Int, _ bytes: Span<UInt8>) {
        let node = document.nodes[name]
        if node.isEscaped {
            var text: [UInt8] = []
            document.appendString(name, in: bytes, to: &text)
            value = text.count == 3 ? UInt32(text[0]) << 16 | UInt32(text[1]) << 8 | UInt32(text[2]) : 0
        } else {
            let start = node.range.lowerBound
            value =
                node.range.count == 3
                ? UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) : 0
        }
    }
}

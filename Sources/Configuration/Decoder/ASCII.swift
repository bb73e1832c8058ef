/// Classes of bytes, without regard to any locale.
extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isUpper: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }
    var isLower: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
    var isLetter: Bool { isUpper || isLower }
    var isHexDigit: Bool {
        isDigit || (lowercased >= UInt8(ascii: "a") && lowercased <= UInt8(ascii: "f"))
    }
    var lowercased: UInt8 { isUpper ? self | 0x20 : self }

    /// A character of a token (RFC 9110 §5.6.2): of a method, a field name, a cookie's name.
    var isTokenCharacter: Bool {
        if isDigit || isLetter { return true }
        switch self {
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            return true
        default: return false
        }
    }
}

extension StringProtocol {
    var isToken: Bool { !isEmpty && utf8.allSatisfy(\.isTokenCharacter) }
    var isDigits: Bool { !isEmpty && utf8.allSatisfy(\.isDigit) }
    var lowercasedASCII: String { String(decoding: utf8.map(\.lowercased), as: UTF8.self) }
    var uppercasedASCII: String {
        String(decoding: utf8.map { $0.isLower ? $0 & 0xDF : $0 }, as: UTF8.self)
    }
}

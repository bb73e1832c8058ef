internal import Glibc

/// The bytes that JSON's grammar names.
extension UInt8 {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let dot = UInt8(ascii: ".")
    static let plus = UInt8(ascii: "+")
    static let minus = UInt8(ascii: "-")
    static let zero = UInt8(ascii: "0")
    static let nine = UInt8(ascii: "9")
    static let lowerE = UInt8(ascii: "e")
    static let lowerF = UInt8(ascii: "f")
    static let lowerN = UInt8(ascii: "n")
    static let lowerT = UInt8(ascii: "t")
    static let lowerU = UInt8(ascii: "u")
}

extension Span<UInt8> {
    /// Whether the ASCII `literal` stands at `position`, wholly before `end`.
    func matches(_ literal: StaticString, at position: Int, before end: Int) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard end - position >= length else { return false }
        // Safe: the loop stays within the literal's own length, and the span's subscript checks its bounds.
        let expected = unsafe UnsafeBufferPointer(start: literal.utf8Start, count: length)
        for offset in 0..<length where unsafe self[position + offset] != expected[offset] { return false }
        return true
    }

    /// Whether `self[range]` and `other[otherRange]` are the same bytes. Not for secrets: it stops at the first difference.
    func hasSameBytes(_ range: Range<Int>, _ other: Span<UInt8>, _ otherRange: Range<Int>) -> Bool {
        guard range.count == otherRange.count, range.upperBound <= count, otherRange.upperBound <= other.count else {
            return false
        }
        return unsafe withUnsafeBufferPointer { left in
            unsafe other.withUnsafeBufferPointer { right in
                guard let left = left.baseAddress, let right = right.baseAddress else { return range.isEmpty }
                // Safe: both ranges lie within their bytes, checked above.
                return unsafe memcmp(left + range.lowerBound, right + otherRange.lowerBound, range.count) == 0
            }
        }
    }
}

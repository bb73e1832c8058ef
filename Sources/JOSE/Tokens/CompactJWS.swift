internal import Glibc

/// The three parts of a compact JWS (RFC 7515 §7.1) as places in the text, nothing decoded yet.
package struct CompactJWS: Sendable, Equatable {
    package let header: Range<Int>
    package let payload: Range<Int>
    package let signature: Range<Int>

    /// What is signed: the header, a dot, the payload.
    package var signingInput: Range<Int> { header.lowerBound..<payload.upperBound }

    /// Splits `bytes[range]`; nil unless there are exactly three parts, none but the payload empty. The dots are counted
    /// in one pass without a list, whatever their number (CVE-2025-30204).
    package init?(_ bytes: Span<UInt8>, in range: Range<Int>) {
        guard let firstDot = Self.dot(bytes, in: range),
            let secondDot = Self.dot(bytes, in: (firstDot + 1)..<range.upperBound),
            Self.dot(bytes, in: (secondDot + 1)..<range.upperBound) == nil
        else { return nil }
        guard firstDot > range.lowerBound, secondDot > firstDot, secondDot + 1 < range.upperBound else { return nil }
        header = range.lowerBound..<firstDot
        payload = (firstDot + 1)..<secondDot
        signature = (secondDot + 1)..<range.upperBound
    }

    /// The first dot within `range`.
    private static func dot(_ bytes: Span<UInt8>, in range: Range<Int>) -> Int? {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count, !range.isEmpty else { return nil }
        let offset = unsafe bytes.withUnsafeBufferPointer { bytes -> Int? in
            guard let first = bytes.baseAddress else { return nil }
            let start = unsafe UnsafeRawPointer(first + range.lowerBound)
            // Safe: the range lies within the bytes, checked above.
            guard let found = unsafe memchr(start, Int32(UInt8(ascii: ".")), range.count) else { return nil }
            return unsafe UnsafeRawPointer(found) - start
        }
        return offset.map { range.lowerBound + $0 }
    }
}

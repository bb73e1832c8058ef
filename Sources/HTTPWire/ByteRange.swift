/// A range of byte offsets into the buffer that was parsed.
///
/// Half the size of `Range<Int>`, because a head keeps two of them for each field. Offsets count from the first byte of
/// the span that was handed to the parser, and are good only for those bytes.
package struct ByteRange: Equatable, Sendable {
    package var start: UInt32
    package var end: UInt32

    /// The empty range at offset zero, used where there is nothing to point at.
    package static let empty = ByteRange(0, 0)

    /// Takes offsets that the parser has held below its own limits, hence far below what 32 bits can hold.
    @inline(__always)
    package init(_ start: Int, _ end: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
    }

    package init(_ range: Range<Int>) {
        self.init(range.lowerBound, range.upperBound)
    }

    /// The same offsets as the standard library's type.
    package var range: Range<Int> { Int(start)..<Int(max(start, end)) }

    package var count: Int { Int(end) - Int(start) }

    package var isEmpty: Bool { start == end }
}

/// Walks over the elements of a comma-separated list field (RFC 9110 §5.6.1). Empty elements are passed over.
struct ListElements {
    private var position: Int
    private let end: Int

    /// Takes the range of the field value; the bytes go to `next`.
    init(_ value: ByteRange) {
        position = Int(value.start)
        end = Int(value.end)
    }

    /// The next element without the white space around it, or nil at the end of the list.
    mutating func next(in bytes: RawSpan) -> ByteRange? {
        while position < end {
            let comma = ByteScan.first(ASCII.comma, in: bytes, from: position, to: end)
            var from = position
            var to = comma
            while from < to, ASCII.isOptionalWhitespace(ByteScan.byte(bytes, from)) { from += 1 }
            while to > from, ASCII.isOptionalWhitespace(ByteScan.byte(bytes, to - 1)) { to -= 1 }
            position = comma + 1
            if from < to { return ByteRange(from, to) }
        }
        return nil
    }
}

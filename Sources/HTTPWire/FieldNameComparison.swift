/// Exact comparison of field names, letters folded (RFC 9110 §5.1).
package enum FieldNameComparison {
    /// Whether the name at `range` is `name`, which must be in lower case. A range outside of the bytes equals nothing.
    package static func isEqual(_ range: ByteRange, in bytes: Span<UInt8>, toLowercased name: [UInt8]) -> Bool {
        guard range.count == name.count, range.range.upperBound <= bytes.count else { return false }
        let start = Int(range.start)
        for index in name.indices where ASCII.lowercased(bytes[start + index]) != name[index] { return false }
        return true
    }

    /// Whether the bytes at both ranges are equal, letters folded.
    package static func isEqual(_ left: ByteRange, _ right: ByteRange, in bytes: Span<UInt8>) -> Bool {
        guard left.count == right.count, left.range.upperBound <= bytes.count, right.range.upperBound <= bytes.count
        else { return false }
        var offset = 0
        while offset < left.count {
            let first = bytes[Int(left.start) + offset]
            let second = bytes[Int(right.start) + offset]
            if ASCII.lowercased(first) != ASCII.lowercased(second) { return false }
            offset += 1
        }
        return true
    }

    /// Whether the raw bytes at `start ..< end` are `name` (lower case), letters folded.
    static func isEqual(_ bytes: RawSpan, _ start: Int, _ end: Int, _ name: StaticString) -> Bool {
        guard end - start == name.utf8CodeUnitCount else { return false }
        var offset = 0
        // Safe: a StaticString literal of ASCII is a pointer to its code units, alive for the whole process, and the
        // offset stays below its count.
        let code = unsafe name.utf8Start
        while offset < end - start {
            if unsafe ASCII.lowercased(ByteScan.byte(bytes, start + offset)) != code[offset] { return false }
            offset += 1
        }
        return true
    }
}

/// Comparison of a name with a known one after folding (`HeaderNameFold`), for the rare names with `_` or `.`.
enum FoldedKnownNames {
    /// Whether the name at `range` folds to the name of `known`. Known names are in folded form already.
    static func isEqual(_ range: ByteRange, in bytes: Span<UInt8>, to known: KnownField) -> Bool {
        let name = known.name
        guard range.count == name.utf8CodeUnitCount, range.range.upperBound <= bytes.count else { return false }
        // Safe: a StaticString literal of ASCII is a pointer to its code units, alive for the whole process, and the
        // offset stays below its count.
        let code = unsafe name.utf8Start
        var offset = 0
        while offset < range.count {
            if unsafe HeaderNameFold.fold(bytes[Int(range.start) + offset]) != code[offset] { return false }
            offset += 1
        }
        return true
    }
}

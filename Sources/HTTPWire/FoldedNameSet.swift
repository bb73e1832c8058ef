/// A set of field names, compared after folding (`HeaderNameFold`). Asking allocates nothing.
package struct FoldedNameSet: Sendable {
    private var names: [[UInt8]] = []
    /// Bit n: some name is n bytes long; bit 63 stands for everything longer.
    private var lengths: UInt64 = 0

    /// Takes names in any spelling. Empty ones are left out.
    package init(_ names: [String]) {
        for name in names { insert(name) }
    }

    package mutating func insert(_ name: String) {
        let folded = HeaderNameFold.fold(name)
        if folded.isEmpty || names.contains(folded) { return }
        names.append(folded)
        lengths |= Self.bit(folded.count)
    }

    package var isEmpty: Bool { names.isEmpty }

    /// Whether the name at `range` is one of these, in whatever spelling.
    package func contains(_ range: ByteRange, in bytes: Span<UInt8>) -> Bool {
        if lengths & Self.bit(range.count) == 0 { return false }
        for name in names where HeaderNameFold.isEqual(range, in: bytes, toFolded: name) { return true }
        return false
    }

    private static func bit(_ length: Int) -> UInt64 {
        1 << UInt64(min(max(length, 0), 63))
    }
}

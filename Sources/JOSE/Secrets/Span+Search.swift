extension Span<UInt8> {
    /// Whether the bytes begin with the UTF-8 form of `prefix`.
    func hasPrefix(_ prefix: StaticString) -> Bool { holds(prefix, at: 0) }

    /// Whether the UTF-8 form of `text` stands anywhere.
    func contains(_ text: StaticString) -> Bool {
        for start in 0..<Swift.max(count - text.utf8CodeUnitCount + 1, 0) where holds(text, at: start) { return true }
        return false
    }

    private func holds(_ text: StaticString, at start: Int) -> Bool {
        guard count - start >= text.utf8CodeUnitCount else { return false }
        // Safe: the loop stays within the literal's own length.
        let expected = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        for index in 0..<expected.count where unsafe self[start + index] != expected[index] { return false }
        return true
    }
}

extension Span<UInt8> {
    /// A copy in memory of exactly this length, so that AddressSanitizer sees who reads behind the end.
    var array: [UInt8] { indices.map { self[$0] } }
}

extension [UInt8] {
    /// Whether the bytes at `range` are those of `text`.
    func has(_ text: String, at range: Range<Int>) -> Bool { self[range].elementsEqual(text.utf8) }
}

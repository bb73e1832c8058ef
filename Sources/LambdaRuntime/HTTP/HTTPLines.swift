/// The lines of a head. Only CRLF ends a line.
struct HTTPLines {
    private var rest: ArraySlice<UInt8>
    /// Whether every line so far had its end.
    private(set) var isWhole = true

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The next line without its end; nil after the last, and after a line without one.
    mutating func next() -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        guard let end = rest.firstIndex(of: 0x0D), end + 1 < rest.endIndex, rest[end + 1] == 0x0A else {
            isWhole = false
            return nil
        }
        defer { rest = rest[(end + 2)...] }
        return rest[..<end]
    }
}

/// What YAML's grammar finds next in a file.
struct YAMLEvent: Equatable {
    enum Kind: Equatable {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias
        /// `isPlain`: neither in quotes nor a block.
        case scalar(text: String, isPlain: Bool)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    let kind: Kind
    /// Counted from 1.
    let line: Int
    /// In characters, counted from 1.
    let column: Int
    let hasAnchor: Bool
    let hasTag: Bool

    /// The same, no further than where the bytes end: libyaml puts the end of a file without a last line end on a line of its
    /// own, which no editor shows.
    func within(line lastLine: Int, column lastColumn: Int) -> YAMLEvent {
        guard line > lastLine else { return self }
        return YAMLEvent(kind: kind, line: lastLine, column: lastColumn, hasAnchor: hasAnchor, hasTag: hasTag)
    }
}

/// How far one head has been parsed, across reads. Shared by both head parsers.
struct HeadProgress: Equatable, Sendable {
    /// Where the first line begins that is not yet complete.
    var lineStart = 0
    /// How far that line has been searched for its end.
    private(set) var searched = 0
    var fieldCount = 0
    var hasStartLine = false

    /// A line that is shorter than this is parsed again when more of it comes, so that garbage shows at once.
    private static let shortLine = 64

    /// Whether some of the head has come.
    var hasBegun: Bool { lineStart > 0 || searched > 0 }

    /// False when a long line, of which the beginning was searched before, still has no end: parsing it again and again
    /// for each byte that comes would cost the square of its length.
    mutating func lineMayBeComplete(_ raw: RawSpan) -> Bool {
        guard searched - lineStart >= Self.shortLine, searched <= raw.byteCount else { return true }
        searched = ByteScan.firstControl(in: raw, from: searched)
        if searched == raw.byteCount { return false }
        return !(ByteScan.byte(raw, searched) == ASCII.carriageReturn && searched + 1 == raw.byteCount)
    }

    /// Notes that all `count` bytes have been looked at. A CR that came last is searched again together with its LF.
    mutating func await(after count: Int) {
        searched = max(lineStart, count - 1)
    }

    mutating func rewind() {
        self = HeadProgress()
    }
}

import Testing

@testable import Daemon

/// A stream cut into lines, whatever pieces it comes in.
@Suite struct LineSplitterTests {
    private func lines(_ text: String, limit: Int = 10, pieces: Int) -> [String] {
        var splitter = LineSplitter(limit: limit)
        var lines: [String] = []
        let take: ([UInt8]?) -> Void = { line in lines.append(line.map { String(decoding: $0, as: UTF8.self) } ?? "?") }
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            splitter.append(bytes[start..<min(start + pieces, bytes.count)], take)
        }
        splitter.finish(take)
        return lines
    }

    @Test(arguments: 1...12)
    func lines_are_the_same_in_whatever_pieces_they_come(pieces: Int) {
        let text = "one\n\ntwo\r\n0123456789\r\n0123456789a\n" + String(repeating: "x", count: 100) + "\nlast"
        #expect(lines(text, pieces: pieces) == ["one", "", "two", "0123456789", "?", "?", "last"])
    }

    @Test func a_stream_without_an_end_of_line_is_not_kept() {
        #expect(lines(String(repeating: "x", count: 10_000), pieces: 7) == ["?"])
        #expect(lines("", pieces: 1) == [])
        #expect(lines("\n", pieces: 1) == [""])
    }
}

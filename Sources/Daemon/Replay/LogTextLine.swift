internal import StrictJSON

/// A line of `key=value` as the log writes it, taken apart.
struct LogTextLine {
    /// All fields and the message as members, as the JSON form of the line has them.
    let members: JSONValue
    /// Seconds since 1970; nil in the journal, which has the time itself.
    let time: Double?

    /// The only message whose fields are of interest.
    private static let message = Array("decision".utf8)

    /// - Returns: nil for what is not a decision's line.
    init?(_ line: [UInt8]) {
        var rest = LineRest(line)
        rest.skipPriority()
        time = rest.takeTime()
        guard rest.take(Self.message), rest.isAtEndOfWord else { return nil }
        var members = [JSONValue.Member(name: "message", value: JSONValue(.string("decision")))]
        while !rest.isEmpty {
            // A broken field makes the line a damaged decision: the fields that it lacks say so.
            guard let field = rest.takeField() else { break }
            members.append(JSONValue.Member(name: field.name, value: JSONValue(field.value)))
        }
        self.members = JSONValue(.object(members))
    }

    /// What has not been read yet.
    private struct LineRest {
        private let line: [UInt8]
        private var position = 0

        init(_ line: [UInt8]) { self.line = line }

        var isEmpty: Bool { position >= line.count }
        var isAtEndOfWord: Bool { isEmpty || line[position] == UInt8(ascii: " ") }

        /// `<5>` (sd-daemon(3)), where nobody has taken it off.
        mutating func skipPriority() {
            guard line.count > 3, line[0] == UInt8(ascii: "<"), line[2] == UInt8(ascii: ">") else { return }
            position = 3
        }

        /// The time and the level that stand before the message, except in the journal.
        mutating func takeTime() -> Double? {
            let end = end(of: position)
            guard let time = TimeText.seconds(rfc3339: text(position..<end)) else { return nil }
            position = end
            skipBlanks()
            position = self.end(of: position)
            skipBlanks()
            return time
        }

        mutating func take(_ word: [UInt8]) -> Bool {
            guard line.count - position >= word.count else { return false }
            for (offset, byte) in word.enumerated() where line[position + offset] != byte { return false }
            position += word.count
            return true
        }

        mutating func takeField() -> (name: String, value: JSONValue.Content)? {
            skipBlanks()
            guard !isEmpty, let name = takeValue(before: UInt8(ascii: "=")), !isEmpty else { return nil }
            position += 1
            guard let value = takeValue(before: UInt8(ascii: " ")), case .string(let text) = name else { return nil }
            return (text, value)
        }

        /// A word up to `end`, or a text in quotes, which is written as JSON writes it.
        private mutating func takeValue(before end: UInt8) -> JSONValue.Content? {
            let start = position
            guard !isEmpty, line[position] == UInt8(ascii: "\"") else {
                while !isEmpty, line[position] != end { position += 1 }
                return .string(text(start..<position))
            }
            position += 1
            while !isEmpty, line[position] != UInt8(ascii: "\"") {
                position += line[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard !isEmpty else { return nil }
            position += 1
            return try? JSONValue(parsing: line.span.extracting(start..<position)).content
        }

        private mutating func skipBlanks() {
            while !isEmpty, line[position] == UInt8(ascii: " ") { position += 1 }
        }

        private func end(of start: Int) -> Int {
            var end = start
            while end < line.count, line[end] != UInt8(ascii: " ") { end += 1 }
            return end
        }

        private func text(_ range: Range<Int>) -> String {
            String(decoding: line[range], as: UTF8.self)
        }
    }
}

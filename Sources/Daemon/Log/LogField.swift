/// One fact of a record. The name is the program's own; the value may be anything, and is escaped and cut when it is
/// written.
struct LogField: Sendable, Equatable {
    enum Value: Sendable, Equatable {
        case text(String)
        case integer(Int64)
        case boolean(Bool)
        /// JSON that is one line of printable text already; in a line of `key=value` it stands in quotes.
        case json(String)
    }

    let name: String
    let value: Value
    /// The most bytes of the written value, escapes and all; what is over is cut off and shows as `…`.
    let limit: Int

    /// Enough for a path and a sentence.
    static let usualLimit = 1024

    init(_ name: String, _ text: String, limit: Int = usualLimit) {
        self.name = name
        value = .text(text)
        self.limit = limit
    }

    init(_ name: String, _ number: some BinaryInteger) {
        self.name = name
        value = .integer(Int64(clamping: number))
        limit = Self.usualLimit
    }

    /// - Parameter json: written by the program, with every text in it escaped as `LogText` does.
    init(_ name: String, json: String) {
        self.name = name
        value = .json(json)
        // Half of it is worth nothing: it stands there whole, or the line leaves it out.
        limit = LogEncoder.maximumLine
    }

    init(_ name: String, _ flag: Bool) {
        self.name = name
        value = .boolean(flag)
        limit = Self.usualLimit
    }
}

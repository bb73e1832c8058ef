package import Authorization
internal import StrictJSON

/// One line of a log, read back.
package enum DecisionLine: Sendable, Equatable {
    case decision(RecordedDecision)
    /// It says that it is a decision, and is not one that authd writes.
    case damaged
    /// Anything else.
    case other

    /// The longest line that is looked at, in bytes: journald puts its own fields around authd's.
    package static let maximumBytes = 65_536

    private static let limits = JSONLimits(depth: 72, nodes: 8192, bytes: maximumBytes)

    /// - Parameter line: JSON as authd writes it, text as authd writes it to a terminal or to the journal, or an entry of
    ///   `journalctl -o json`; without its line end.
    package init(_ line: [UInt8]) {
        guard line.count <= Self.maximumBytes, let first = line.first else {
            self = .other
            return
        }
        guard first == UInt8(ascii: "{") else {
            self = LogTextLine(line).map { Self.read($0.members, time: $0.time) } ?? .other
            return
        }
        guard let object = Self.parse(line) else {
            self = .other
            return
        }
        self = object["MESSAGE"].map { Self.read(journal: object, message: $0) } ?? Self.read(object, time: nil)
    }

    /// An entry of the journal holds authd's line as its message, and the time.
    private static func read(journal entry: JSONValue, message: JSONValue) -> DecisionLine {
        let bytes: [UInt8]
        switch message.content {
        case .string(let text): bytes = Array(text.utf8)
        case .array(let elements):
            // What is not plain text for journald stands there as numbers.
            bytes = elements.compactMap { element in
                if case .number(let number) = element.content { UInt8(number) } else { nil }
            }
            guard bytes.count == elements.count else { return .other }
        case .object, .number, .bool, .null: return .other
        }
        let microseconds = entry["__REALTIME_TIMESTAMP"]?.string.flatMap { Double($0) }
        let time = microseconds.map { $0 / 1_000_000 }
        if bytes.first == UInt8(ascii: "{") {
            guard let inner = parse(bytes) else { return .other }
            return read(inner, time: time)
        }
        return LogTextLine(bytes).map { read($0.members, time: $0.time ?? time) } ?? .other
    }

    private static func parse(_ text: [UInt8]) -> JSONValue? { try? JSONValue(parsing: text.span, limits: limits) }

    private static func read(_ members: JSONValue, time: Double?) -> DecisionLine {
        guard members["message"]?.string == "decision" else { return .other }
        guard let record = RecordedDecision(members, time: time) else { return .damaged }
        return .decision(record)
    }
}

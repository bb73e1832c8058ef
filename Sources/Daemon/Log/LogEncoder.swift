internal import Logging

/// Turns records into lines. A line is never longer than what the kernel takes from one writer in one piece (PIPE_BUF),
/// so that lines of several processes in one pipe stay whole; fields that do not fit are left out, and the line says so.
struct LogEncoder: Sendable {
    /// PIPE_BUF of Linux.
    static let maximumLine = 4096

    let format: LogFormat

    /// Names that a line has itself.
    private static let reserved: Set<String> = ["time", "level", "message", "truncated"]
    private static let messageLimit = 512
    private static let nameLimit = 64
    /// Room for the sign of omission and the end of the line.
    private static let tail = 32

    /// The line with its line end.
    func encode(_ record: LogRecord) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(512)
        switch format {
        case .json: appendJSON(record, to: &line)
        case .text: appendText(record, withTime: true, to: &line)
        case .journal:
            line.append(contentsOf: "<\(record.level.journalPriority)>".utf8)
            appendText(record, withTime: false, to: &line)
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// The record as text without time and line end, for the journal.
    func text(_ record: LogRecord) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(512)
        appendText(record, withTime: false, to: &line)
        return line
    }

    private func appendJSON(_ record: LogRecord, to line: inout [UInt8]) {
        let time = TimeText.rfc3339(record.time)
        line.append(contentsOf: #"{"time":"\#(time)","level":"\#(record.level)","message":"#.utf8)
        LogText.appendQuoted(record.message, limit: Self.messageLimit, to: &line)
        appendFields(record.fields, to: &line, omission: #","truncated":true"#) { field, line in
            line.append(UInt8(ascii: ","))
            LogText.appendQuoted(Self.name(field), limit: Self.nameLimit, to: &line)
            line.append(UInt8(ascii: ":"))
            switch field.value {
            case .text(let text): LogText.appendQuoted(text, limit: field.limit, to: &line)
            case .integer(let number): line.append(contentsOf: String(number).utf8)
            case .boolean(let flag): line.append(contentsOf: String(flag).utf8)
            case .json(let json): line.append(contentsOf: json.utf8)
            }
        }
        line.append(UInt8(ascii: "}"))
    }

    private func appendText(_ record: LogRecord, withTime: Bool, to line: inout [UInt8]) {
        if withTime {
            line.append(contentsOf: "\(TimeText.rfc3339(record.time)) \(record.level.padded) ".utf8)
        }
        LogText.append(record.message, limit: Self.messageLimit, to: &line)
        appendFields(record.fields, to: &line, omission: " truncated=true") { field, line in
            line.append(UInt8(ascii: " "))
            let name = Self.name(field)
            // A name that is not plain comes from a library; in quotes it cannot pass for another field.
            if LogText.isPlain(name) {
                LogText.append(name, limit: Self.nameLimit, to: &line)
            } else {
                LogText.appendQuoted(name, limit: Self.nameLimit, to: &line)
            }
            line.append(UInt8(ascii: "="))
            switch field.value {
            case .text(let text) where LogText.isPlain(text): LogText.append(text, limit: field.limit, to: &line)
            case .text(let text), .json(let text): LogText.appendQuoted(text, limit: field.limit, to: &line)
            case .integer(let number): line.append(contentsOf: String(number).utf8)
            case .boolean(let flag): line.append(contentsOf: String(flag).utf8)
            }
        }
    }

    private func appendFields(
        _ fields: [LogField],
        to line: inout [UInt8],
        omission: String,
        _ append: (LogField, inout [UInt8]) -> Void
    ) {
        var isOmitted = false
        for field in fields {
            let start = line.count
            append(field, &line)
            if line.count > Self.maximumLine - Self.tail {
                line.removeSubrange(start...)
                isOmitted = true
            }
        }
        if isOmitted { line.append(contentsOf: omission.utf8) }
    }

    private static func name(_ field: LogField) -> String {
        reserved.contains(field.name) ? field.name + "_" : field.name
    }
}

extension Logger.Level {
    /// The number of syslog(3) for the level.
    var journalPriority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    /// In capitals, all of one width, so that messages stand below each other.
    fileprivate var padded: String {
        switch self {
        case .trace: "TRACE   "
        case .debug: "DEBUG   "
        case .info: "INFO    "
        case .notice: "NOTICE  "
        case .warning: "WARNING "
        case .error: "ERROR   "
        case .critical: "CRITICAL"
        }
    }
}

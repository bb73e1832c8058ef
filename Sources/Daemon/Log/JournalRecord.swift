internal import Logging

/// Turns records into entries of the journal's own protocol: `NAME=value`, one a line. Values are escaped as in every log
/// line, so none has a line end of its own.
struct JournalRecord: Sendable {
    private static let prefix = "AUTHD_"
    private static let nameLimit = 64

    /// - Parameter message: what `journalctl` shows: the record as a line of text.
    static func encode(_ record: LogRecord, message: [UInt8]) -> [UInt8] {
        var entry: [UInt8] = []
        entry.reserveCapacity(message.count + 512)
        append("PRIORITY", "\(record.level.journalPriority)", to: &entry)
        append("SYSLOG_IDENTIFIER", "authd", to: &entry)
        entry.append(contentsOf: "MESSAGE=".utf8)
        entry.append(contentsOf: message)
        entry.append(UInt8(ascii: "\n"))
        var seen: Set<String> = []
        for field in record.fields {
            let name = name(field.name)
            guard seen.insert(name).inserted else { continue }
            entry.append(contentsOf: "\(name)=".utf8)
            switch field.value {
            case .text(let text), .json(let text): LogText.append(text, limit: field.limit, to: &entry)
            case .integer(let number): entry.append(contentsOf: String(number).utf8)
            case .boolean(let flag): entry.append(contentsOf: String(flag).utf8)
            }
            entry.append(UInt8(ascii: "\n"))
        }
        return entry
    }

    private static func append(_ name: String, _ value: String, to entry: inout [UInt8]) {
        entry.append(contentsOf: "\(name)=\(value)\n".utf8)
    }

    /// `AUTHD_SHADOW_REASON` of `shadow_reason`: capitals, digits and underscores, as the journal asks.
    private static func name(_ name: String) -> String {
        let letters = name.utf8.prefix(nameLimit - prefix.utf8.count).map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        return prefix + String(decoding: letters, as: UTF8.self)
    }
}

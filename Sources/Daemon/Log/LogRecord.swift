internal import Logging
internal import Platform

/// Something that is worth a line.
struct LogRecord: Sendable, Equatable {
    let time: WallTime
    let level: Logger.Level
    /// A text of the program; what varies stands in the fields.
    let message: String
    let fields: [LogField]
}

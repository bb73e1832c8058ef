package import Logging
internal import Platform

/// swift-log's records as lines of a sink. The fields come in the order of their names.
package struct AuthdLogHandler: LogHandler {
    private let sink: LogSink
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel: Logger.Level

    package init(sink: LogSink, level: Logger.Level = .info) {
        self.sink = sink
        logLevel = level
    }

    /// A logger over a sink, without the global bootstrap.
    package static func logger(_ sink: LogSink, label: String = "authd", level: Logger.Level = .info) -> Logger {
        Logger(label: label) { _ in AuthdLogHandler(sink: sink, level: level) }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        var fields = all.sorted { $0.key < $1.key }.map { Self.field($0.key, $0.value) }
        if let error = event.error { fields.append(LogField("error", "\(error)")) }
        sink.write(
            LogRecord(time: .now(), level: event.level, message: event.message.description, fields: fields)
        )
    }

    /// Numbers and truth values keep their kind in JSON.
    private static func field(_ name: String, _ value: Logger.Metadata.Value) -> LogField {
        switch value {
        case .string(let text): return LogField(name, text)
        case .stringConvertible(let object):
            switch object {
            case let number as any BinaryInteger: return LogField(name, Int64(clamping: number))
            case let flag as Bool: return LogField(name, flag)
            default: return LogField(name, object.description)
            }
        case .array, .dictionary: return LogField(name, value.description)
        }
    }
}

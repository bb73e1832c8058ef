/// Lambda's levels, as `AWS_LAMBDA_LOG_LEVEL` names them.
package enum LogLevel: Int, Sendable, Comparable, CaseIterable {
    case trace
    case debug
    case info
    case warn
    case error
    case fatal

    /// The name in capitals.
    package var name: String {
        switch self {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info: "INFO"
        case .warn: "WARN"
        case .error: "ERROR"
        case .fatal: "FATAL"
        }
    }

    /// The level of that name, in any case; nil for another text.
    init?(named text: String) {
        let wanted = text.uppercased()
        guard let level = Self.allCases.first(where: { $0.name == wanted }) else { return nil }
        self = level
    }

    package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}

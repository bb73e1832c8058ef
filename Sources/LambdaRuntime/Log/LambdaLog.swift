internal import Glibc
internal import StrictJSON

/// Log lines for CloudWatch, on standard error: JSON, or text where `AWS_LAMBDA_LOG_FORMAT` says so. No secret and no
/// text of a token is ever handed to it.
package struct LambdaLog: Sendable {
    /// How a line looks.
    enum Format: Sendable {
        case json
        case text
    }

    /// The longest message, in characters; the rest is left out.
    static let longestMessage = 4096

    let format: Format
    let level: LogLevel
    let requestID: String?
    private let descriptor: Int32

    /// The log that the environment asks for: JSON from `INFO` on where it says nothing.
    package init(_ environment: Environment = Environment([:]), descriptor: Int32 = STDERR_FILENO) {
        let isText = environment["AWS_LAMBDA_LOG_FORMAT"].map { $0.lowercased() == "text" } ?? false
        format = isText ? .text : .json
        level = environment["AWS_LAMBDA_LOG_LEVEL"].flatMap(LogLevel.init(named:)) ?? .info
        requestID = nil
        self.descriptor = descriptor
    }

    private init(_ other: LambdaLog, requestID: String) {
        format = other.format
        level = other.level
        descriptor = other.descriptor
        self.requestID = requestID
    }

    /// The same log for the lines of one request.
    package func with(requestID: String) -> LambdaLog { LambdaLog(self, requestID: requestID) }

    package func debug(_ message: String) { write(.debug, message) }
    package func info(_ message: String) { write(.info, message) }
    package func warn(_ message: String) { write(.warn, message) }
    package func error(_ message: String) { write(.error, message) }

    /// Writes one line, with one call, so that lines do not mix.
    /// - Parameter fields: names and values that stand beside the message.
    package func write(_ level: LogLevel, _ message: String, _ fields: [(name: String, value: String)] = []) {
        guard level >= self.level else { return }
        let line = line(level, message, fields, milliseconds: WallClock.milliseconds())
        // Safe: the array owns its bytes for the length of the call. A log that nobody takes is no reason to fail.
        _ = unsafe line.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    /// The line of a moment, its end included.
    func line(
        _ level: LogLevel,
        _ message: String,
        _ fields: [(name: String, value: String)],
        milliseconds: Int64
    ) -> [UInt8] {
        let time = TimestampText.rfc3339(milliseconds: milliseconds)
        let message = message.prefix(Self.longestMessage)
        var json = JSONWriter()
        switch format {
        case .json:
            json.beginObject()
            json.member("timestamp", time)
            json.member("level", level.name)
            json.member("message", message)
            if let requestID { json.member("requestId", requestID) }
            for field in fields { json.member(field.name, field.value) }
            json.endObject()
            return json.bytes + [UInt8(ascii: "\n")]
        case .text:
            // The escapes of JSON keep a line a line.
            json.string(message)
            var line = Array("[\(level.name)]\t\(time)\t\(requestID ?? "-")\t".utf8) + json.bytes.dropFirst().dropLast()
            for field in fields {
                var value = JSONWriter()
                value.string(field.value)
                line += Array("\t\(field.name)=".utf8) + value.bytes
            }
            return line + [UInt8(ascii: "\n")]
        }
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ text: some StringProtocol) {
        self.name(name)
        string(text)
    }
}

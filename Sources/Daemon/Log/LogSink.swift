package import Configuration
internal import Glibc
internal import Logging
internal import NIOConcurrencyHelpers
internal import Platform
internal import Synchronization

/// Where log lines go. It never waits: a line that the descriptor cannot take at once is dropped and counted, so that a
/// pipe which nobody reads costs log lines and never a request. Safe on every thread.
package final class LogSink: Sendable {
    private struct State {
        /// The end of a line of which the descriptor took only the beginning; it goes out first.
        var rest: [UInt8] = []
        /// Dropped lines that no line has told of yet.
        var untold: UInt64 = 0
    }

    package let format: LogFormat
    private let descriptor: Int32
    /// The sink's own way to a terminal or pipe, which never waits; nil for everything else.
    private let own: Int32?
    private let isSocket: Bool
    /// Takes the records instead of the descriptor; nil where they are lines.
    private let journal: JournalSocket?
    private let encoder: LogEncoder
    private let state = NIOLockedValueBox(State())
    private let dropped = Atomic<UInt64>(0)

    /// - Parameter descriptor: stays the caller's; it must be open as long as the sink is used.
    package convenience init(descriptor: Int32 = STDERR_FILENO, format: LogFormat) {
        self.init(descriptor: descriptor, format: format, journal: nil)
    }

    /// - Parameter journal: where the records go instead, with their fields.
    init(descriptor: Int32 = STDERR_FILENO, format: LogFormat, journal: JournalSocket?) {
        self.format = format
        self.journal = journal
        encoder = LogEncoder(format: format)
        var status = stat()
        // The pointer lives for the call only.
        let kind = unsafe fstat(descriptor, &status) == 0 ? status.st_mode & UInt32(S_IFMT) : 0
        isSocket = kind == UInt32(S_IFSOCK)
        own = kind == UInt32(S_IFIFO) || isatty(descriptor) == 1 ? Self.reopened(descriptor) : nil
        self.descriptor = own ?? descriptor
    }

    deinit {
        if let own { _ = close(own) }
    }

    /// The same terminal or pipe without waiting. A flag on the descriptor itself would reach everybody who shares it,
    /// the operator's shell too; another opening has flags of its own.
    private static func reopened(_ descriptor: Int32) -> Int32? {
        // The string lives for the call. Without /proc, or without the right to open it again, there is none.
        let number = unsafe open("/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        return number >= 0 ? number : nil
    }

    /// The sink for the settings, on standard error.
    package convenience init(_ settings: LogSettings) {
        // The string is copied before anybody could change the environment.
        let journal = unsafe getenv("JOURNAL_STREAM").map { unsafe String(cString: $0) }
        let format = LogFormat.resolve(settings.format, descriptor: STDERR_FILENO, journalStream: journal)
        self.init(descriptor: STDERR_FILENO, format: format, journal: format == .journal ? JournalSocket() : nil)
    }

    /// Records that were lost because the descriptor did not take them.
    package var droppedRecords: UInt64 { dropped.load(ordering: .relaxed) }

    func write(_ record: LogRecord) {
        let line = bytes(record)
        state.withLockedValue { state in
            if !state.rest.isEmpty {
                let rest = state.rest
                state.rest = []
                guard send(rest, &state), state.rest.isEmpty else {
                    if state.rest.isEmpty { state.rest = rest }
                    return drop(&state)
                }
            }
            if state.untold > 0 {
                let told = state.untold
                guard send(bytes(Self.loss(told, record.time)), &state), state.rest.isEmpty else {
                    return drop(&state)
                }
                state.untold -= told
            }
            if !send(line, &state) { drop(&state) }
        }
    }

    private func bytes(_ record: LogRecord) -> [UInt8] {
        journal == nil ? encoder.encode(record) : JournalRecord.encode(record, message: encoder.text(record))
    }

    private static func loss(_ count: UInt64, _ time: WallTime) -> LogRecord {
        LogRecord(
            time: time,
            level: .warning,
            message: "log records were dropped, because nobody read them",
            fields: [LogField("records", count)]
        )
    }

    private func drop(_ state: inout State) {
        state.untold += 1
        dropped.add(1, ordering: .relaxed)
    }

    private static let sendFlags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)

    /// Writes a line without waiting; its end may stay in `rest`. - Returns: false where nothing was taken.
    private func send(_ line: [UInt8], _ state: inout State) -> Bool {
        if let journal { return journal.send(line) }
        var target = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // The pointer lives for the call only; 0: no waiting. A pipe that is writable takes PIPE_BUF bytes at once.
        guard unsafe poll(&target, 1, 0) == 1, target.revents & Int16(POLLOUT) != 0 else { return false }
        // The array owns the memory for the call.
        let count = unsafe line.withUnsafeBytes { bytes in
            isSocket
                ? unsafe Glibc.send(descriptor, bytes.baseAddress, bytes.count, Self.sendFlags)
                : unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        }
        guard count > 0 else { return false }
        if count < line.count { state.rest = Array(line[count...]) }
        return true
    }
}

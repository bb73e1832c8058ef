package import Configuration
internal import Glibc

/// How a record is written down.
package enum LogFormat: Sendable, Equatable {
    /// Time, level, message and `key=value`, for people at a terminal.
    case text
    /// One JSON object a line, for collectors.
    case json
    /// Fields for the journal's own socket; where that cannot be reached, text behind the `<N>` priority of sd-daemon(3).
    /// The journal adds the time itself.
    case journal

    /// What a setting means for a descriptor.
    ///
    /// - Parameters:
    ///   - journalStream: the environment's `JOURNAL_STREAM`, which systemd sets to the device and inode of the socket
    ///     that leads to the journal; nil where it is not set. A descriptor that was redirected since then is another
    ///     file (systemd.exec(5)).
    package static func resolve(
        _ setting: LogSettings.Format,
        descriptor: Int32,
        journalStream: String?
    ) -> LogFormat {
        switch setting {
        case .text: return .text
        case .json: return .json
        case .journal: return .journal
        case .auto:
            if let journalStream, leadsToJournal(descriptor, journalStream) { return .journal }
            return isatty(descriptor) == 1 ? .text : .json
        }
    }

    private static func leadsToJournal(_ descriptor: Int32, _ journalStream: String) -> Bool {
        let parts = journalStream.split(separator: ":")
        guard parts.count == 2, let device = UInt64(parts[0]), let inode = UInt64(parts[1]) else { return false }
        var status = stat()
        // The pointer lives for the call only.
        guard unsafe fstat(descriptor, &status) == 0 else { return false }
        return UInt64(status.st_dev) == device && UInt64(status.st_ino) == inode
    }
}

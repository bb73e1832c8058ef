import CSystemd

/// Tells systemd how the service fares (sd_notify(3), NOTIFY_SOCKET). Without systemd it does nothing.
package enum SystemdNotifier {
    package enum Message: Hashable, Sendable {
        /// READY=1: serving, or serving again after a reload.
        case ready
        /// RELOADING=1 with the moment at which the reload began, as Type=notify-reload asks.
        case reloading(since: MonotonicTime)
        /// STOPPING=1.
        case stopping
        /// WATCHDOG=1.
        case watchdog
        /// STATUS=…: one line for `systemctl status`.
        case status(String)
        /// EXTEND_TIMEOUT_USEC=…: start or stop takes at most so much longer, in nanoseconds.
        case extendTimeout(nanoseconds: Int64)
    }

    /// The longest status in bytes: all messages together must fit into what systemd reads at once (4096).
    private static let longestStatus = 2048

    /// Whether a message was sent (true), or there is nobody to tell (false). A bad NOTIFY_SOCKET throws; that is no
    /// reason to stop serving.
    @discardableResult
    package static func notify(_ messages: [Message]) throws(SystemError) -> Bool {
        let text = messages.map(line).joined(separator: "\n")
        // The string lives for the call. 0: the variable stays, for the next message.
        let status = unsafe sd_notify(0, text)
        guard status >= 0 else { throw SystemError("notify systemd", ErrorNumber(rawValue: -status)) }
        return status > 0
    }

    /// One assignment, never more: a line end in a status would start another one.
    static func line(_ message: Message) -> String {
        switch message {
        case .ready: "READY=1"
        case .reloading(let since): "RELOADING=1\nMONOTONIC_USEC=\(since.nanoseconds / 1000)"
        case .stopping: "STOPPING=1"
        case .watchdog: "WATCHDOG=1"
        case .status(let text): "STATUS=" + statusText(text)
        case .extendTimeout(let nanoseconds): "EXTEND_TIMEOUT_USEC=\(max(1, nanoseconds / 1000))"
        }
    }

    private static func statusText(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            guard line.utf8.count < longestStatus else { return line + "…" }
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            line.unicodeScalars.append(isControl ? " " : scalar)
        }
        return line
    }
}

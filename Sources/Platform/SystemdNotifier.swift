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
    }

    /// Whether a message was sent (true), or there is nobody to tell (false). A bad NOTIFY_SOCKET throws; that is no
    /// reason to stop serving.
    @discardableResult
    package static func notify(_ messages: Message...) throws(SystemError) -> Bool {
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
        case .status(let text): "STATUS=" + String(text.unicodeScalars.map { $0.value < 32 ? " " : Character($0) })
        }
    }
}

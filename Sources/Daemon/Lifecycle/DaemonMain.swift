internal import Glibc

/// The whole daemon, from the configuration file to the exit code.
package enum DaemonMain {
    /// Serves until SIGTERM or SIGINT. Call it on the main thread before any other thread exists: signals are blocked here
    /// so that every thread inherits that.
    /// - Parameters:
    ///   - configurationPath: the file that SIGHUP reads again.
    ///   - confines: whether the process gives up rights that serving does not need (Landlock), for good.
    ///   - onReady: called once when every listener accepts, and every issuer has keys or its key server was tried.
    /// - Returns: what the process exits with; what went wrong has been written to standard error, and told to systemd.
    package static func run(
        configurationPath: String,
        confines: Bool = true,
        onReady: @escaping @Sendable () -> Void = {}
    ) -> Int32 {
        let notifier = ServiceNotifier()
        do {
            return try DaemonProcess(configurationPath, confines: confines, notifier).run(onReady).rawValue
        } catch {
            for message in error.messages { write("authd: \(message)\n") }
            notifier.tell(.failed("Not started: " + error.messages.joined(separator: "; ")))
            return error.exitCode.rawValue
        }
    }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        // Safe: the array lives for the call. Nobody can be told where standard error is closed.
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

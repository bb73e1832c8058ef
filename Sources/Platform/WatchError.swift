/// Why changes may go unseen by inotify, so that only polling finds them.
package struct WatchError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: String, CaseIterable, Sendable {
        /// No inotify instance: fs.inotify.max_user_instances, no descriptor left, a seccomp filter.
        case unavailable
        /// No more watches: fs.inotify.max_user_watches.
        case limitReached = "limit_reached"
        /// A directory on the way may not be read by this user.
        case permissionDenied = "permission_denied"
        /// The file system changed each time it was looked at.
        case unsettled
        /// Anything else, by its errno.
        case failed
    }

    package let code: Code
    /// Where the watch was to stand; empty when it is about all of them.
    package let path: String
    package let errorNumber: ErrorNumber?

    init(_ code: Code, path: String = "", errorNumber: ErrorNumber? = nil) {
        self.code = code
        self.path = path
        self.errorNumber = errorNumber
    }

    /// A short text out of a closed list, safe as a metric label.
    package var label: String { code.rawValue }

    package var description: String {
        let place = path.isEmpty ? "for changes of files" : "\(path) for changes"
        let cause = errorNumber.map { ": \($0)" } ?? ""
        return "cannot watch \(place)\(cause); \(advice)"
    }

    private var advice: String {
        switch code {
        case .unavailable: "files are polled (fs.inotify.max_user_instances, LimitNOFILE=)"
        case .limitReached: "files are polled (fs.inotify.max_user_watches)"
        case .permissionDenied: "files are polled; let the user of authd read this directory"
        case .unsettled: "files are polled; it changes all the time"
        case .failed: "files are polled"
        }
    }
}

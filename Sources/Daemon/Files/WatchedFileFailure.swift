internal import Configuration
internal import Platform

/// Why a file that the configuration names could not be taken up: where, what, and what to do.
package struct WatchedFileFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The closed list of reasons.
    package enum Code: String, Sendable, CaseIterable {
        case permissionDenied = "permission_denied"
        /// Kind, owner, mode or size of the file is not what it must be, or it is not there.
        case fileRefused = "file_refused"
        /// It was written without a pause.
        case unsettled
        case contentRefused = "content_refused"
    }

    package let code: Code
    /// One line, with the path and, where there is one, the line and column.
    package let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    init(_ error: FileError) {
        let code: Code =
            switch error.code {
            case .permissionDenied: .permissionDenied
            case .changedWhileReading: .unsettled
            case .missing, .invalidPath, .symbolicLinkLoop, .notRegularFile, .tooLarge, .permissionsTooWide,
                .wrongOwner,
                .readFailed, .writeFailed, .noDescriptors:
                .fileRefused
            }
        self.init(code, "\(error)")
    }

    init(_ error: ConfigurationError) { self.init(.contentRefused, "\(error)") }

    static func unsettled(_ path: String) -> WatchedFileFailure {
        let advice = "write a new file and rename it over the old one"
        return WatchedFileFailure(.unsettled, "cannot use \(path): it is written without a pause; \(advice)")
    }
}

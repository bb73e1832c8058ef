/// Why a file could not be read or replaced: what, where, and what to do about it. Never holds content.
package struct FileError: Error, Equatable, Sendable {
    /// The closed list of reasons.
    package enum Code: String, CaseIterable, Sendable {
        case missing
        case permissionDenied = "permission_denied"
        case symbolicLinkLoop = "symbolic_link_loop"
        case notRegularFile = "not_regular_file"
        case tooLarge = "too_large"
        case permissionsTooWide = "permissions_too_wide"
        case wrongOwner = "wrong_owner"
        case changedWhileReading = "changed_while_reading"
        case readFailed = "read_failed"
        case writeFailed = "write_failed"
        case noDescriptors = "no_descriptors"
        case invalidPath = "invalid_path"
    }

    package let code: Code
    /// The path as it was given.
    package let path: String
    /// The kernel's reason, where it was the kernel that refused.
    package let errorNumber: ErrorNumber?
    /// The numbers of the matter: kind, size, mode, owner.
    let detail: String

    /// A short text out of a closed list, safe as a metric label.
    package var label: String { code.rawValue }

    /// Whether reading again in a moment is likely to succeed: somebody was writing.
    package var isTransient: Bool { code == .changedWhileReading }

    init(_ code: Code, path: String, errorNumber: ErrorNumber? = nil, detail: String = "") {
        self.code = code
        self.path = path
        self.errorNumber = errorNumber
        self.detail = detail
    }

    /// The code that fits what the kernel said; `otherwise` where no special one does.
    init(_ errorNumber: ErrorNumber, path: String, otherwise: Code, detail: String = "") {
        self.init(Self.code(of: errorNumber) ?? otherwise, path: path, errorNumber: errorNumber, detail: detail)
    }
}

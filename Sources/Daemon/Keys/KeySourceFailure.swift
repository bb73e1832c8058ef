internal import JOSE
internal import Platform

/// Why the keys of an issuer could not be loaded: where, what, and what to do. Nothing of it was read from a key file.
package struct KeySourceFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The closed list of reasons. The raw value is safe as a metric label.
    package enum Code: String, Sendable, CaseIterable {
        case missing
        case permissionDenied = "permission_denied"
        /// Kind, owner, mode or size of a file is not what a secret's must be.
        case fileRefused = "file_refused"
        case readFailed = "read_failed"
        /// It was written without a pause.
        case unsettled
        case noKeys = "no_keys"
        case badName = "bad_name"
        case tooManyKeys = "too_many_keys"
        /// The content is not keys, or keys that are refused.
        case contentRefused = "content_refused"
        /// A key server cannot be reached, or not in time, or not as the one that it should be.
        case unreachable
        /// A key server answered, and not with a key set.
        case answerRefused = "answer_refused"
        /// The last good set has not been renewed for too long.
        case stale
    }

    package let code: Code
    /// The issuer's name in the configuration; empty before the source knows it.
    package private(set) var issuer = ""
    /// The file, directory or address.
    package let path: String
    /// What is wrong and what to do.
    package let message: String

    init(_ code: Code, _ path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    /// The same, said of an issuer.
    func of(_ issuer: String) -> KeySourceFailure {
        var copy = self
        copy.issuer = issuer
        return copy
    }

    /// No failure: a key of a file that serves the issuer without it.
    static func passedOver(_ error: KeyError, _ path: String) -> KeySourceFailure {
        KeySourceFailure(.contentRefused, path, "passed over: \(error)")
    }

    package var description: String {
        issuer.isEmpty ? "\(path): \(message)" : "issuer \"\(issuer)\": \(path): \(message)"
    }
}

extension KeySourceFailure {
    init(_ error: FileError) {
        let code: Code
        switch error.code {
        case .missing, .invalidPath: code = .missing
        case .permissionDenied: code = .permissionDenied
        case .symbolicLinkLoop, .notRegularFile, .tooLarge, .permissionsTooWide, .wrongOwner: code = .fileRefused
        case .changedWhileReading: code = .unsettled
        case .readFailed, .writeFailed, .noDescriptors: code = .readFailed
        }
        // The error names the path itself, and the detail and the advice come with it.
        let text = error.description
        let prefix = "cannot use \(error.path): "
        self.init(code, error.path, text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text)
    }

    init(_ error: KeyError, _ path: String) {
        switch error.code {
        case .empty: self.init(.noKeys, path, error.description)
        case .tooManyKeys: self.init(.tooManyKeys, path, error.description)
        case .notJSON, .badStructure, .unsupportedKeyType, .unsupportedAlgorithm, .notForVerification, .badEncoding,
            .tooShort, .tooWeak, .publiclyKnown, .notASecret, .privateKey, .contradiction, .unsoundKey, .duplicateKeyID,
            .badText, .badPEM, .noMemory:
            self.init(.contentRefused, path, error.description)
        }
    }
}

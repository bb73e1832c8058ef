internal import Glibc
internal import Platform

/// The names of the key files in a directory.
enum KeyDirectory {
    /// Names that are looked at; a directory with more is not one of keys.
    static let maximumFiles = 1000

    enum Listing: Equatable {
        /// Sorted by their bytes, `primary` first.
        case names([String])
        case failed(KeySourceFailure)
    }

    /// Every name that does not begin with a dot and leads to a regular file, through symbolic links too. Kubernetes'
    /// `..data`, editors' and rotators' temporary files begin with a dot.
    static func list(_ path: String) -> Listing {
        // The string lives for the call.
        guard let stream = unsafe opendir(path) else { return .failed(failure(path, errno)) }
        // The stream is ours until closedir.
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            // The kernel ends every name with a NUL, and the entry is good until the next readdir.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name.0) { unsafe String(validatingCString: $0) }
            guard let name else {
                return .failed(KeySourceFailure(.badName, path, "a file name is not UTF-8; a name is the key's kid"))
            }
            guard name.utf8.first != UInt8(ascii: "."), leadsToFile("\(path)/\(name)") else { continue }
            guard names.count < maximumFiles else {
                return .failed(KeySourceFailure(.tooManyKeys, path, "it has more than \(maximumFiles) files"))
            }
            names.append(name)
        }
        guard !names.isEmpty else {
            return .failed(
                KeySourceFailure(.noKeys, path, "the directory has no key file; put one in, its name is the key's kid")
            )
        }
        return .names(names.sorted(by: comesBefore))
    }

    private static func comesBefore(_ left: String, _ right: String) -> Bool {
        if (left == "primary") != (right == "primary") { return left == "primary" }
        return left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// A dangling link counts as a file, so that it is reported and not passed over.
    private static func leadsToFile(_ path: String) -> Bool { FileStamp(of: path)?.isRegular ?? true }

    private static func failure(_ path: String, _ number: Int32) -> KeySourceFailure {
        let cause = ErrorNumber(rawValue: number)
        switch number {
        case EACCES, EPERM:
            return KeySourceFailure(
                .permissionDenied,
                path,
                "\(cause); let the user of authd read it and enter every directory above it"
            )
        case ENOENT: return KeySourceFailure(.missing, path, "\(cause); create it, or correct the path")
        case ENOTDIR: return KeySourceFailure(.missing, path, "\(cause); for one file write \"file:\"")
        default: return KeySourceFailure(.readFailed, path, "\(cause)")
        }
    }
}

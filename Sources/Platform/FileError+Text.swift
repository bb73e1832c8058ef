import Glibc

extension FileError: CustomStringConvertible {
    package var description: String {
        let cause = errorNumber.map(\.description)
        let facts = [cause, detail.isEmpty ? nil : detail].compactMap { $0 }.joined(separator: ", ")
        let subject = code == .writeFailed ? "cannot write \(path)" : "cannot use \(path)"
        let sentence = facts.isEmpty ? subject : "\(subject): \(facts)"
        return advice.isEmpty ? sentence : "\(sentence); \(advice)"
    }

    /// What the administrator can do, in one clause; empty where the cause says it all.
    package var advice: String {
        switch code {
        case .missing: "create the file, or correct the path in the configuration"
        case .permissionDenied: "let the user of authd read it and enter every directory above it"
        case .symbolicLinkLoop: "make the link end at a real file (links of /proc do not count)"
        case .notRegularFile: "give the path of a regular file"
        case .tooLarge: "check that this is the file that was meant"
        case .permissionsTooWide: "run chmod 0600 on it (or 0640 with a group of its own)"
        case .wrongOwner: "let root or the user of authd own it"
        case .changedWhileReading: "it is being written; write a new file and rename it over the old one"
        case .readFailed: "check the storage it lies on"
        case .writeFailed: "check the free space and the permissions of its directory"
        case .noDescriptors: "raise the limit of open files (LimitNOFILE=, ulimit -n)"
        case .invalidPath: "give a path that is not empty and holds no NUL byte"
        }
    }

    static func code(of errorNumber: ErrorNumber) -> Code? {
        switch errorNumber.rawValue {
        case ENOENT, ENOTDIR: .missing
        case EACCES, EPERM: .permissionDenied
        case ELOOP: .symbolicLinkLoop
        case EISDIR, ENXIO, ENODEV: .notRegularFile
        case EMFILE, ENFILE: .noDescriptors
        case ENAMETOOLONG: .invalidPath
        default: nil
        }
    }
}

internal import Daemon
internal import JOSE
internal import Platform

extension SecretFile {
    /// What a rotation did.
    enum Rotation {
        case created
        case rotated
    }

    /// Puts a new secret first and keeps the one that was first as the second: tokens that were signed with it stay
    /// valid until it is retired. Older ones go. Mode and owner of the file stay; readers see the old content or the new.
    /// - Parameter creates: whether a file that is missing or empty gets its first secret.
    static func rotate(_ path: String, creates: Bool) throws(CommandFailure) -> Rotation {
        guard let content = try existing(path, creates: creates) else {
            try FreshSecret.withText { secret throws(CommandFailure) in
                try replace(path, with: SecretText.line(secret))
            }
            return .created
        }
        let text = try SecretText(content, path: path)
        try FreshSecret.withText { secret throws(CommandFailure) in try replace(path, with: text.rotated(to: secret)) }
        return .rotated
    }

    /// Drops all secrets but the first.
    /// - Returns: how many were dropped; with none the file is not touched.
    static func retire(_ path: String) throws(CommandFailure) -> Int {
        let text = try SecretText(content(path), path: path)
        guard text.count > 1 else { return 0 }
        try replace(path, with: text.retired())
        return text.count - 1
    }

    /// The file's content; nil where there is none and one may be made.
    private static func existing(_ path: String, creates: Bool) throws(CommandFailure) -> SecretBytes? {
        do throws(FileError) {
            let content = try read(path)
            return content.isEmpty && creates ? nil : content
        } catch {
            guard error.code == .missing else { throw CommandFailure(error) }
            guard creates else {
                throw CommandFailure(.failed, "there is no file \(path); \"--create\" makes it, with mode 0600")
            }
            return nil
        }
    }

    private static func content(_ path: String) throws(CommandFailure) -> SecretBytes {
        do throws(FileError) {
            return try read(path)
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func replace(_ path: String, with content: [UInt8]) throws(CommandFailure) {
        var content = content
        defer { content.wipe() }
        do throws(FileError) {
            try AtomicFile.replace(path, with: content.span, permissions: .likeExisting(otherwise: 0o600))
        } catch {
            throw CommandFailure(error)
        }
    }
}

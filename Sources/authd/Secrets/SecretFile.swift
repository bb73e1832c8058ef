internal import Glibc
internal import Platform

/// Reads files that hold keys, under the daemon's own conditions.
enum SecretFile {
    /// As for the daemon: a key file is small.
    static let maximumBytes = 65_536

    /// The content of the key file at `path`: a regular file, at most 64 KiB, closed to the world and to the group's
    /// writing.
    ///
    /// It belongs to root or to the user of this process; root may also read another user's, because an administrator
    /// looks after the files of the daemon's user.
    static func read(_ path: String) throws(FileError) -> SecretBytes {
        do throws(FileError) {
            return try SecureFile.read(path, limit: maximumBytes, policy: .secret)
        } catch {
            guard error.code == .wrongOwner, geteuid() == 0 else { throw error }
            return try SecureFile.read(path, limit: maximumBytes, policy: .trusted)
        }
    }
}

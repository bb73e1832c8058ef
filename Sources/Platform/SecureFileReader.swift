internal import Glibc

/// Reads a file that is too large to be held, piece by piece, with the care of `SecureFile`: one descriptor for all, no
/// waiting at a fifo, and a look at the end whether it is still the file that it was at the start.
///
/// A writer that changes it within one tick of the clock of its file system shows only if the file had been at rest before.
package final class SecureFileReader {
    private let path: String
    private let limit: Int
    private let descriptor: FileDescriptor
    private let status: FileStatus
    private var position = 0
    /// Why `next` gave nil.
    package private(set) var failure: FileError?

    /// The size of a piece in bytes.
    private static let pieceBytes = 65_536

    /// - Parameters:
    ///   - limit: the largest file that is accepted, in bytes.
    ///   - policy: what owner and permissions must be.
    package init(_ path: String, limit: Int, policy: FilePolicy) throws(FileError) {
        let descriptor = try SecureFile.open(path, policy: policy)
        guard let status = FileStatus(of: descriptor.number) else {
            throw FileError(.last, path: path, otherwise: .readFailed)
        }
        try SecureFile.check(status, path: path, limit: limit, policy: policy)
        self.path = path
        self.limit = limit
        self.descriptor = descriptor
        self.status = status
    }

    /// The next piece; empty at the end of a file that did not change meanwhile, nil where it cannot be read or did.
    package func next() -> [UInt8]? {
        guard failure == nil else { return nil }
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        var got = 0
        repeat {
            // Safe: the array has that many bytes and lives for the call.
            got = unsafe piece.withUnsafeMutableBytes { room in
                unsafe pread(descriptor.number, room.baseAddress, room.count, off_t(position))
            }
        } while got < 0 && errno == EINTR
        guard got >= 0 else { return fail(FileError(.last, path: path, otherwise: .readFailed)) }
        position += got
        guard position <= limit else {
            return fail(FileError(.tooLarge, path: path, detail: "it has more than the limit of \(limit) bytes"))
        }
        if got == 0 {
            guard FileStatus(of: descriptor.number) == status else {
                return fail(FileError(.changedWhileReading, path: path))
            }
        }
        piece.removeLast(piece.count - got)
        return piece
    }

    private func fail(_ error: FileError) -> [UInt8]? {
        failure = error
        return nil
    }
}

/// Belongs to whoever made it.
@available(*, unavailable)
extension SecureFileReader: Sendable {}

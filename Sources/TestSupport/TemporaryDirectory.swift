import Foundation
import Glibc

/// A fresh folder of mode 0700 that goes away with the object. Its path is short, since a Unix socket's path has room
/// for 107 bytes only.
package final class TemporaryDirectory: Sendable {
    package let path: String

    package init() throws {
        var template = Array("/tmp/authd-XXXXXX".utf8CString)
        // mkdtemp rewrites the six X in place; the array is its own storage and ends in NUL.
        let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return unsafe mkdtemp(start) != nil
        }
        guard made else { throw TestSupportError("mkdtemp failed, errno \(errno)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    package func file(_ name: String) -> String {
        path + "/" + name
    }

    /// Writes a file in place: the same inode when it was there before. Returns its path.
    @discardableResult
    package func write(_ text: String, to name: String, mode: UInt32 = 0o600) throws -> String {
        try write(Array(text.utf8), to: name, mode: mode)
    }

    @discardableResult
    package func write(_ bytes: [UInt8], to name: String, mode: UInt32 = 0o600) throws -> String {
        let target = file(name)
        let descriptor = unsafe open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw TestSupportError("open \(name) failed, errno \(errno)") }
        defer { _ = close(descriptor) }
        _ = fchmod(descriptor, mode)
        // The pointer is used within the call only and counts exactly the array's bytes.
        let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw TestSupportError("short write to \(name)") }
        return target
    }

    /// Replaces a file by `rename(2)`, as Vault and most editors do: a new inode under the old name.
    package func replace(_ name: String, with text: String, mode: UInt32 = 0o600) throws {
        let temporary = "." + name.split(separator: "/").joined(separator: "_") + ".new"
        try write(text, to: temporary, mode: mode)
        guard unsafe rename(file(temporary), file(name)) == 0 else {
            throw TestSupportError("rename over \(name) failed, errno \(errno)")
        }
    }

    package func makeDirectory(_ name: String, mode: UInt32 = 0o700) throws {
        guard unsafe mkdir(file(name), mode) == 0 else {
            throw TestSupportError("mkdir \(name) failed, errno \(errno)")
        }
    }

    /// Makes the symbolic link `name`, replacing another link of that name by `rename(2)`.
    package func link(_ name: String, to target: String) throws {
        let temporary = name + "_tmp"
        guard unsafe symlink(target, file(temporary)) == 0, unsafe rename(file(temporary), file(name)) == 0 else {
            throw TestSupportError("link \(name) failed, errno \(errno)")
        }
    }

    package func remove(_ name: String) {
        try? FileManager.default.removeItem(atPath: file(name))
    }
}

internal import Daemon
internal import Platform

/// A key file of one secret a line, seen from the commands that rewrite it: the first line signs, all verify.
struct SecretText {
    private let content: SecretBytes
    /// Where the first secret stands.
    private let first: Range<Int>
    /// How many secrets there are.
    let count: Int

    /// - Throws: where the content is something else, with what to do. The message repeats nothing of it.
    init(_ content: SecretBytes, path: String) throws(CommandFailure) {
        self.content = content
        let read = content.withSpan { bytes in
            Result { () throws(CommandFailure) in
                try Self.refuseOtherKinds(bytes, path)
                return try Self.lines(bytes, path)
            }
        }
        let lines = try read.get()
        guard let first = lines.first else {
            throw CommandFailure(.failed, "\(path) is empty; \"authd secret rotate --create\" puts a secret into it")
        }
        self.first = first
        count = lines.count
    }

    /// The content with `secret` as the first line, the one that was first as the second, and nothing else. The caller
    /// wipes it.
    func rotated(to secret: Span<UInt8>) -> [UInt8] {
        content.withSpan { old in
            var bytes = Self.line(secret, room: first.count + 1)
            for position in first { bytes.append(old[position]) }
            bytes.append(UInt8(ascii: "\n"))
            return bytes
        }
    }

    /// The content with the first line alone. The caller wipes it.
    func retired() -> [UInt8] {
        content.withSpan { Self.line($0.extracting(first)) }
    }

    /// A text of one secret. The caller wipes it.
    /// - Parameter room: how many bytes will be appended: an array that grows leaves a copy behind.
    static func line(_ secret: Span<UInt8>, room: Int = 0) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(secret.count + 1 + room)
        for position in 0..<secret.count { bytes.append(secret[position]) }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private static func refuseOtherKinds(_ bytes: Span<UInt8>, _ path: String) throws(CommandFailure) {
        var start = 0
        while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
        guard start < bytes.count else { return }
        if bytes[start] == UInt8(ascii: "{") {
            throw CommandFailure(
                .failed,
                "\(path) is a JWK or JWKS, which this command does not rewrite: put a new \"oct\" key with a kid of its "
                    + "own first (\"authd secret generate\" makes its \"k\"), keep the old one second, and rename the "
                    + "new file over the old one"
            )
        }
        let dashes = Array("-----".utf8)
        if bytes.count - start >= dashes.count, dashes.indices.allSatisfy({ bytes[start + $0] == dashes[$0] }) {
            throw CommandFailure(.failed, "\(path) is a PEM file; this command rewrites files of one secret a line")
        }
    }

    /// The places of the secrets, without their line ends.
    private static func lines(_ bytes: Span<UInt8>, _ path: String) throws(CommandFailure) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            let next = end + 1
            if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            let isSecret = end > start && (start..<end).allSatisfy { bytes[$0] > 0x20 && bytes[$0] != 0x7F }
            guard isSecret else {
                throw CommandFailure(
                    .failed,
                    "\(path): line \(lines.count + 1) is empty or holds a blank or control character; this command "
                        + "rewrites files of one secret a line"
                )
            }
            lines.append(start..<end)
            start = next
        }
        return lines
    }
}

import CPlatform
import Glibc

/// Bytes that must not leak: held in pages of their own (locked, not dumped, wiped at the end), compared in constant
/// time, and silent in every printed form. A reference: handing it on makes no copy of the secret.
///
/// `@unchecked Sendable`: nothing changes after init, so any thread may read.
package final class SecretBytes: @unchecked Sendable {
    private let pages: SecretPages
    package let count: Int

    /// Whether the pages are locked into RAM; false where RLIMIT_MEMLOCK does not allow it.
    package var isLocked: Bool { pages.isLocked }

    package var isEmpty: Bool { count == 0 }

    /// Pages with room for `capacity` bytes, filled by `fill`, which tells how many it wrote. What it writes must be
    /// initialized bytes from the start of the buffer; the pointer must not leave the closure.
    init<Failure: Error>(
        capacity: Int,
        filledBy fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) {
        let pages = SecretPages(holding: capacity)
        count = min(max(0, try unsafe pages.withBytes(fill)), pages.length)
        self.pages = pages
    }

    /// A copy of `bytes`. The source stays as it is: wiping it is the caller's.
    package convenience init(copying bytes: Span<UInt8>) {
        unsafe self.init(capacity: bytes.count) { destination in
            for index in bytes.indices {
                // In bounds: the pages hold at least `bytes.count` bytes.
                unsafe destination[index] = bytes[index]
            }
            return bytes.count
        }
    }

    /// The bytes, for the time of `body`. Do not copy them into an array or a string: those are not wiped.
    package func withSpan<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe pages.withBytes { (bytes) throws(Failure) -> Result in
            // `count` is at most the number of bytes: see init.
            let used = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<count])
            return try unsafe body(used.assumingMemoryBound(to: UInt8.self).span)
        }
    }

    /// The first `count` bytes or all, in pages of their own: to drop a line end, or spare room.
    package func prefix(_ count: Int) -> SecretBytes {
        withSpan { SecretBytes(copying: $0.extracting(first: max(0, count))) }
    }
}

extension SecretBytes: Equatable {
    /// Same length and same content. The time taken depends on the lengths only.
    package static func == (left: SecretBytes, right: SecretBytes) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.pages.withBytes { first in
            unsafe right.pages.withBytes { second in
                // Both regions hold at least `count` bytes, and the call reads no more.
                unsafe authd_equal_in_constant_time(first.baseAddress, second.baseAddress, left.count) == 1
            }
        }
    }
}

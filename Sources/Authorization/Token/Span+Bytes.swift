internal import Glibc

extension Span<UInt8> {
    /// Whether both hold the same bytes. Not for secrets: it stops at the first difference.
    func isEqual(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        return unsafe withUnsafeBufferPointer { left in
            unsafe other.withUnsafeBufferPointer { right in
                guard let left = left.baseAddress, let right = right.baseAddress else { return true }
                // Safe: both have `count` bytes.
                return unsafe memcmp(left, right, count) == 0
            }
        }
    }

    /// Appends all bytes at once.
    func append(to output: inout [UInt8]) {
        unsafe withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }

    /// Appends the bytes of a range at once.
    func append(_ range: Range<Int>, to output: inout [UInt8]) { extracting(range).append(to: &output) }
}

internal import Glibc

/// The text of a secret: one copy, overwritten when the last owner lets go. Never printed.
@safe
package final class SecretText: @unchecked Sendable {
    // @unchecked: the memory is written once, here in init, and only read afterwards.
    private let memory: UnsafeMutableRawBufferPointer

    /// Copies `bytes`. The caller wipes its own copy.
    package init(copying bytes: Span<UInt8>) {
        // Safe: the memory has room for every byte, and nobody else knows it yet.
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        for index in 0..<bytes.count { unsafe memory[index] = bytes[index] }
        unsafe self.memory = memory
    }

    deinit {
        // Safe: the memory is this object's own.
        if let start = unsafe memory.baseAddress { unsafe explicit_bzero(start, memory.count) }
        unsafe memory.deallocate()
    }

    package var count: Int { unsafe memory.count }

    /// Lends the bytes for the duration of `body`, which must not keep them.
    package func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        // Safe: the memory lives as long as self and is never written after init.
        unsafe body(Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(memory)))
    }

    /// Whether both are the same bytes, in a time that depends on the length alone.
    package func hasSameBytes(as other: SecretText) -> Bool {
        guard count == other.count else { return false }
        var difference: UInt8 = 0
        for index in 0..<count { unsafe difference |= memory[index] ^ other.memory[index] }
        return difference == 0
    }
}

extension SecretText: CustomReflectable, CustomStringConvertible {
    package var description: String { "\(count) secret bytes" }
    /// A mirror would show the address; `dump` prints mirrors.
    package var customMirror: Mirror { Mirror(self, children: ["count": count]) }
}

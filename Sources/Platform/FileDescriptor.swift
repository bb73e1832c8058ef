import Glibc

/// Owns one open file descriptor and closes it when it goes out of scope.
struct FileDescriptor: ~Copyable {
    let number: Int32

    init(owning number: Int32) {
        self.number = number
    }

    deinit {
        // EINTR is no reason to repeat: Linux has freed the number already, and another thread may own it by now.
        _ = close(number)
    }

    /// read(2) into the start of `buffer`, at most its size; how many bytes came, 0 at the end, -1 and `errno`.
    static func read(_ number: Int32, into buffer: inout [UInt8]) -> Int {
        // The array owns the memory for the call, and the kernel writes at most its size.
        unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, $0.count) }
    }

    /// Gives the descriptor away: the caller closes it.
    consuming func release() -> Int32 {
        let number = self.number
        discard self
        return number
    }
}

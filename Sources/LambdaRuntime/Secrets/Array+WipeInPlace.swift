internal import Glibc

extension [UInt8] {
    /// Overwrites the bytes where they lie, for every owner of the array, in a way that the optimiser keeps. For buffers
    /// that held a secret and that nobody reads again.
    func wipeInPlace() {
        unsafe withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            // Safe: an array's buffer is writable memory, and no owner reads it after this.
            unsafe explicit_bzero(UnsafeMutableRawPointer(mutating: start), bytes.count)
        }
    }
}

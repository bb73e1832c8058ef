internal import Glibc

extension Array {
    private static var hugePage: UInt { 2 << 20 }

    /// A large array that is looked up in everywhere: on huge pages where the kernel has some (`madvise(2)`), a lookup does
    /// not wait for the tables of pages besides the entry itself.
    init(onHugePages element: Element, count: Int) {
        unsafe self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            let start = UInt(bitPattern: bytes.baseAddress)
            // Only whole huge pages within the array: advice on memory that is ours alone. Before the first byte is
            // written, for that is when pages come.
            let first = (start + Self.hugePage - 1) & ~(Self.hugePage - 1)
            let end = (start + UInt(bytes.count)) & ~(Self.hugePage - 1)
            if first < end {
                _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_HUGEPAGE)
            }
            unsafe buffer.baseAddress?.initialize(repeating: element, count: count)
            initialized = count
        }
    }
}

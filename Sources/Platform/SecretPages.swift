import CPlatform
import Glibc

/// Whole pages of memory for one secret: not in the heap, locked into RAM where the limit allows it, absent from core
/// files and from children, wiped before they go back to the kernel.
///
/// Memory safety: `base` points to `length` bytes that nobody else frees; they live exactly as long as this value.
@safe
struct SecretPages: ~Copyable {
    /// Where the pages come from, which is how they go back.
    private enum Origin {
        case mapping
        case heap
    }

    private let base: UnsafeMutableRawPointer
    private let origin: Origin
    /// Bytes, a whole number of pages.
    let length: Int
    /// Whether the kernel promised to keep the pages out of swap.
    let isLocked: Bool

    /// Room for at least `count` bytes, all zero.
    init(holding count: Int) {
        let page = max(4096, Int(sysconf(Int32(_SC_PAGESIZE))))
        let length = (max(count, 1) + page - 1) / page * page
        self.length = length
        let mapped = unsafe mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        if let mapped = unsafe mapped, unsafe mapped != MAP_FAILED {
            // Best effort, each of them: RLIMIT_MEMLOCK may be 0, and old kernels lack the advice.
            _ = unsafe madvise(mapped, length, MADV_DONTDUMP)
            _ = unsafe madvise(mapped, length, MADV_WIPEONFORK)
            isLocked = unsafe mlock(mapped, length) == 0
            unsafe base = mapped
            origin = .mapping
        } else {
            // No mapping to be had (the limit on their number): ordinary memory still gets wiped.
            unsafe base = .allocate(byteCount: length, alignment: page)
            unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: length)
            isLocked = false
            origin = .heap
        }
    }

    deinit {
        // explicit_bzero: the optimiser would drop a plain loop over memory that is about to go.
        unsafe explicit_bzero(base, length)
        switch origin {
        case .mapping: _ = unsafe munmap(base, length)
        case .heap: unsafe base.deallocate()
        }
    }

    /// All the bytes, to read or to fill. The pointer is valid during `body` only and must not leave it.
    func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // Every byte is initialized: the kernel or init zeroed the pages.
        try unsafe body(UnsafeMutableRawBufferPointer(start: base, count: length))
    }
}

import Glibc

/// The table of open descriptors, which all threads share by default.
enum DescriptorTable {
    /// Gives the calling thread a copy of its own (unshare(2) with CLONE_FILES): it can close, replace and expect any
    /// number then, whatever the threads of the test runner open meanwhile. Only for a child process that ends with
    /// the test. Where a container forbids it, the test goes on and depends on those threads being idle.
    static func makePrivate() {
        // glibc declares unshare under _GNU_SOURCE only. It takes an int and gives an int.
        guard let symbol = unsafe dlsym(nil, "unshare") else { return }
        let unshare = unsafe unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
        let cloneFiles: Int32 = 0x400
        _ = unshare(cloneFiles)
    }

    /// Leaves the calling thread without a free descriptor, and gives those that it took: close them again.
    static func fill() -> [Int32] {
        makePrivate()
        // A limit far above what anybody else here needs, and quick to fill.
        var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return [] }
        var taken: [Int32] = []
        while true {
            let number = dup(2)
            if number < 0 { return taken }
            taken.append(number)
        }
    }
}

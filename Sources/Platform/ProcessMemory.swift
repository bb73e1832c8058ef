internal import CPlatform

/// The memory of this process.
package enum ProcessMemory {
    /// Gives pages that nothing lies on any more back to the kernel: after work that needed much for a moment. It takes
    /// milliseconds and holds up threads that allocate meanwhile only as long as their own part is looked through.
    package static func giveBack() {
        _ = malloc_trim(0)
    }
}

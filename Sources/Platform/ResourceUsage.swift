import Glibc

/// What the process uses, for the `process_…` metrics. What /proc does not tell (a chroot without it) is nil.
package struct ResourceUsage: Equatable, Sendable {
    /// Seconds of processor time of all threads, user and system.
    package let cpuSeconds: Double
    /// Bytes in RAM.
    package let residentBytes: Int64?
    /// Bytes of address space.
    package let virtualBytes: Int64?
    package let threads: Int?
    /// When the process started, in seconds since 1970, by the kernel's clock ticks.
    package let startSeconds: Double?
    package let openDescriptors: Int?
    /// The soft limit of open descriptors; nil when unlimited.
    package let maximumDescriptors: UInt64?

    /// Reads it anew. It opens three small files and one directory: for a scrape, not for each request.
    package static func now() -> ResourceUsage {
        let stat = ProcessStat.ofThisProcess()
        let cpu = MonotonicTime.reading(CLOCK_PROCESS_CPUTIME_ID)
        let page = Int64(sysconf(Int32(_SC_PAGESIZE)))
        return ResourceUsage(
            cpuSeconds: Double(cpu.nanoseconds) / 1e9,
            residentBytes: stat.map { $0.residentPages &* page },
            virtualBytes: stat?.virtualBytes,
            threads: stat?.threads,
            startSeconds: stat.flatMap { startSeconds(ticks: $0.startTicks) },
            openDescriptors: openDescriptorCount(),
            maximumDescriptors: descriptorLimit()
        )
    }

    private static func startSeconds(ticks: Int64) -> Double? {
        guard let boot = ProcessStat.bootSeconds() else { return nil }
        let ticksPerSecond = sysconf(Int32(_SC_CLK_TCK))
        guard ticksPerSecond > 0 else { return nil }
        return Double(boot) + Double(ticks) / Double(ticksPerSecond)
    }

    private static func openDescriptorCount() -> Int? {
        guard let directory = unsafe opendir("/proc/self/fd") else { return nil }
        // The stream is ours until closedir.
        defer { _ = unsafe closedir(directory) }
        var count = 0
        while unsafe readdir(directory) != nil {
            count += 1
        }
        // Less ".", ".." and the descriptor of this listing.
        return max(0, count - 3)
    }

    private static func descriptorLimit() -> UInt64? {
        var limit = rlimit()
        // The pointer lives for the call only.
        let status = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard status == 0, limit.rlim_cur != rlim_t.max else { return nil }
        return UInt64(limit.rlim_cur)
    }
}

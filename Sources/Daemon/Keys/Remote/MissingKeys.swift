internal import Platform

/// Keys that were searched for and not found, so that a token which names one is refused at once instead of waiting for
/// another search. Bounded: the one that was met longest ago makes room. Holds hashes, never a name from a token.
struct MissingKeys {
    struct Key: Hashable {
        /// Which key source.
        let source: UInt64
        /// The hash of the name.
        let name: UInt64
    }

    private struct Entry {
        var until: Int64
        /// Rises with each use.
        var met: UInt64
    }

    private var entries: [Key: Entry] = [:]
    private var clock: UInt64 = 0
    private let capacity: Int

    init(capacity: Int = 256) { self.capacity = max(1, capacity) }

    var count: Int { entries.count }

    /// Whether the key was not found, and that still counts.
    mutating func contains(_ key: Key, now: Int64) -> Bool {
        guard let entry = entries[key] else { return false }
        guard now < entry.until else {
            entries[key] = nil
            return false
        }
        clock &+= 1
        entries[key]?.met = clock
        return true
    }

    /// The key was not found; for `lifetime` nanoseconds nobody looks again.
    mutating func insert(_ key: Key, now: Int64, lifetime: Int64) {
        clock &+= 1
        if entries[key] == nil, entries.count >= capacity { makeRoom(now) }
        let until = MonotonicTime(nanoseconds: now).advanced(byNanoseconds: lifetime).nanoseconds
        entries[key] = Entry(until: until, met: clock)
    }

    /// Looks through all of a small number, and only after a search: not worth a list.
    private mutating func makeRoom(_ now: Int64) {
        entries = entries.filter { now < $0.value.until }
        guard entries.count >= capacity, let oldest = entries.min(by: { $0.value.met < $1.value.met }) else { return }
        entries[oldest.key] = nil
    }
}

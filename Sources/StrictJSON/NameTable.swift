/// Finds a name that stands twice in one object, in constant time a name whatever the sender chose: an open-addressing
/// table over the names of large objects, stamped by generation so that clearing it costs nothing.
struct NameTable: Sendable {
    private struct Entry: Sendable {
        var generation: UInt32
        var object: UInt32
        var name: UInt32
        var hash: UInt32
    }

    /// Up to this many names an object is searched from end to end, which is quicker.
    static let smallObject = 8

    private var entries: [Entry] = []
    private var generation: UInt32 = 0
    private var count = 0

    mutating func reset() {
        count = 0
        generation &+= 1
        // After 2^32 documents an old stamp could look new.
        if generation == 0 { entries.removeAll() }
    }

    /// Records `name` of `object`, unless `same` says that a recorded name of that object with this hash is equal.
    /// - Returns: false for a duplicate.
    mutating func insert(object: UInt32, name: UInt32, hash: UInt32, same: (UInt32) -> Bool) -> Bool {
        if count * 2 >= entries.count { grow() }
        let mask = entries.count - 1
        var slot = Int(truncatingIfNeeded: hash ^ (object &* 0x9E37_79B9)) & mask
        while entries[slot].generation == generation {
            let entry = entries[slot]
            if entry.object == object, entry.hash == hash, same(entry.name) { return false }
            slot = (slot + 1) & mask
        }
        entries[slot] = Entry(generation: generation, object: object, name: name, hash: hash)
        count += 1
        return true
    }

    private mutating func grow() {
        let old = entries.filter { $0.generation == generation }
        let empty = Entry(generation: generation &- 1, object: 0, name: 0, hash: 0)
        entries = Array(repeating: empty, count: max(64, entries.count * 2))
        let mask = entries.count - 1
        for entry in old {
            var slot = Int(truncatingIfNeeded: entry.hash ^ (entry.object &* 0x9E37_79B9)) & mask
            while entries[slot].generation == generation { slot = (slot + 1) & mask }
            entries[slot] = entry
        }
    }
}

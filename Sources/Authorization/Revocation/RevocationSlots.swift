/// A hash table of names with open addressing, as large as it needs to be and immutable once it is built.
///
/// Beside the names stands one byte for each place, which tells nearly always that a name is not there: a million bytes
/// and a half stay in a cache where the names themselves do not.
struct RevocationSlots<Entry: RevocationSlot>: Sendable {
    /// 0 for a free place, else the tag of the name that stands there.
    private let tags: [UInt8]
    private let slots: [Entry]
    /// How many names there are.
    let count: Int

    /// The memory that the table takes, in bytes.
    var byteCount: Int { slots.count * MemoryLayout<Entry>.stride + tags.count }

    /// Two free places in five: a name that is not there, which nearly all are, is known to be absent after about four
    /// places that lie beside each other.
    private static var loadPercent: Int { 60 }

    /// - Parameter chunks: emptied one by one while the table fills, so that both are never there as a whole.
    init(taking chunks: consuming [[Entry]]) {
        let total = chunks.reduce(0) { $0 + $1.count }
        guard total > 0 else {
            tags = []
            slots = []
            count = 0
            return
        }
        let places = total * 100 / Self.loadPercent + 1
        var tags = [UInt8](repeating: 0, count: places)
        var slots = [Entry](onHugePages: .free, count: places)
        var distinct = 0
        while let chunk = chunks.popLast() {
            for entry in chunk {
                var index = Self.start(entry.name, places)
                while tags[index] != 0, slots[index].name != entry.name { index = index + 1 == places ? 0 : index + 1 }
                if tags[index] == 0 {
                    tags[index] = entry.name.tag
                    slots[index] = entry
                    distinct += 1
                } else {
                    slots[index].merge(entry)
                }
            }
        }
        self.tags = tags
        self.slots = slots
        count = distinct
    }

    /// Both entries of a text: that of every issuer, and that of one. They stand in one row, so one walk finds both.
    /// - Parameter isEnough: takes an entry, and says whether the other one no longer matters.
    @inline(__always)
    func find(_ name: RevocationName, issuer: Int, _ isEnough: (Entry) -> Bool) {
        guard !tags.isEmpty else { return }
        let own = name.of(issuer: issuer)
        let tag = name.tag
        var index = Self.start(name, tags.count)
        // There is always a free place, so the walk ends.
        while true {
            let seen = tags[index]
            if seen == 0 { return }
            if seen == tag, slots[index].name == name || slots[index].name == own, isEnough(slots[index]) { return }
            index = index + 1 == tags.count ? 0 : index + 1
        }
    }

    /// The hash as a fraction of the table's length: no division, and any length will do.
    @inline(__always)
    private static func start(_ name: RevocationName, _ count: Int) -> Int {
        Int(truncatingIfNeeded: name.place.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
    }
}

/// What stands in a place of the table.
protocol RevocationSlot: Sendable {
    /// What fills a free place; it is never looked at.
    static var free: Self { get }
    var name: RevocationName { get }
    /// The same name was entered again.
    mutating func merge(_ other: Self)
}

/// A hash table from (owner, bytes) to a small integer, for lookups with bytes that lie in somebody else's buffer.
/// Built once from configuration, so its keys are not a sender's choice.
struct ByteKeyTable: Sendable {
    private struct Entry: Sendable {
        var owner: Int32
        var start: UInt32
        var count: UInt32
        /// -1 marks a free place.
        var value: Int32
    }

    private var entries: [Entry] = []
    private var text: [UInt8] = []
    private var count = 0

    /// - Returns: the value that the key already has, or nil after entering `value`.
    @discardableResult
    mutating func insert(owner: Int32, _ key: [UInt8], value: Int32) -> Int32? {
        if let existing = find(owner: owner, key.span, in: 0..<key.count) { return existing }
        if count * 2 >= entries.count { grow() }
        let entry = Entry(owner: owner, start: UInt32(text.count), count: UInt32(key.count), value: value)
        text.append(contentsOf: key)
        place(entry)
        count += 1
        return nil
    }

    /// - Parameter folding: whether the bytes looked for are taken in lower case.
    func find(owner: Int32, _ bytes: Span<UInt8>, in range: Range<Int>, folding: Bool = false) -> Int32? {
        guard count > 0 else { return nil }
        let mask = entries.count - 1
        var slot = Self.hash(owner, bytes, range, folding) & mask
        while entries[slot].value >= 0 {
            let entry = entries[slot]
            if entry.owner == owner, Int(entry.count) == range.count, isEqual(entry, bytes, range, folding) {
                return entry.value
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func isEqual(_ entry: Entry, _ bytes: Span<UInt8>, _ range: Range<Int>, _ folding: Bool) -> Bool {
        let start = Int(entry.start)
        if !folding {
            return text.span.extracting(start..<(start + range.count)).isEqual(to: bytes.extracting(range))
        }
        for offset in 0..<range.count {
            guard text[start + offset] == bytes[range.lowerBound + offset].lowercasedASCII else { return false }
        }
        return true
    }

    private mutating func grow() {
        let old = entries.filter { $0.value >= 0 }
        let free = Entry(owner: 0, start: 0, count: 0, value: -1)
        entries = Array(repeating: free, count: max(16, entries.count * 2))
        for entry in old { place(entry) }
    }

    private mutating func place(_ entry: Entry) {
        let mask = entries.count - 1
        let range = Int(entry.start)..<Int(entry.start + entry.count)
        var slot = Self.hash(entry.owner, text.span, range, false) & mask
        while entries[slot].value >= 0 { slot = (slot + 1) & mask }
        entries[slot] = entry
    }

    /// Eight bytes a step, each folded in by a full multiplication.
    private static func hash(_ owner: Int32, _ bytes: Span<UInt8>, _ range: Range<Int>, _ folding: Bool) -> Int {
        var hash = UInt64(UInt32(bitPattern: owner)) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            var word: UInt64 = 0
            let end = min(position + 8, range.upperBound)
            while position < end {
                word = word << 8 | UInt64(folding ? bytes[position].lowercasedASCII : bytes[position])
                position += 1
            }
            let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            hash = product.high ^ product.low
        }
        return Int(truncatingIfNeeded: hash ^ (hash >> 32)) & Int.max
    }
}

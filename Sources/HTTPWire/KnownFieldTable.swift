/// Recognises a field name by its length and its first and last eight bytes, letters folded.
///
/// Built once and held by each parser, so that the hot path pays neither for a lazy global nor for a string comparison.
/// A match proves every byte of the name, so a known name needs no further validation.
struct KnownFieldTable: Sendable {
    /// What one name looks like. `letters` has 0x20 where the name has a letter: the only bits that case may change.
    /// (Folding by `| 0x20` alone would make CR look like `-`.)
    private struct Entry: Sendable {
        var first: UInt64 = 0
        var firstLetters: UInt64 = 0
        var last: UInt64 = 0
        var lastLetters: UInt64 = 0
        var length = 0
        var match = Match(field: .other, set: .empty)
    }

    /// A field and its set: the enumeration's raw value is not free, so it is not asked for on the hot path.
    struct Match: Sendable {
        let field: KnownField
        let set: FieldSet
    }

    /// One table for all parsers of the process.
    static let shared = KnownFieldTable()

    private static let slotBits: UInt64 = 8
    private static let slotMask = (1 << Int(slotBits)) - 1
    private static let longestName = 32

    private var entries: [Entry]
    /// The names themselves, at `rawValue * longestName`, for the middle of those longer than sixteen bytes.
    private var names: [UInt8]

    private init() {
        entries = Array(repeating: Entry(), count: Self.slotMask + 1)
        names = Array(repeating: 0, count: KnownField.allCases.count * Self.longestName)
        for field in KnownField.allCases where field != .other {
            let name = Array("\(field.name)".utf8)
            for (index, byte) in name.enumerated() where index < Self.longestName {
                names[Int(field.rawValue) * Self.longestName + index] = byte
            }
            insert(name, field)
        }
    }

    private mutating func insert(_ name: [UInt8], _ field: KnownField) {
        // Safe: a byte has no padding, so every byte of the view is initialised.
        let span = unsafe name.span.bytes
        var entry = Entry()
        entry.length = name.count
        entry.match = Match(field: field, set: FieldSet([field]))
        entry.first = ByteScan.partialWord(span, 0, length: min(name.count, 8))
        entry.last = name.count > 8 ? ByteScan.word(span, name.count - 8) : 0
        entry.firstLetters = Self.letters(entry.first)
        entry.lastLetters = Self.letters(entry.last)
        var slot = Self.slot(entry.first, entry.last, name.count)
        while entries[slot].length != 0 { slot = (slot &+ 1) & Self.slotMask }
        entries[slot] = entry
    }

    /// The field that has the name at `start ..< end`, or `other`. Reads nothing outside of the bytes.
    @inline(__always)
    func lookup(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Match {
        let length = end - start
        if length < 2 || length > Self.longestName { return Match(field: .other, set: .empty) }
        let first = ByteScan.partialWord(bytes, start, length: min(length, 8))
        let last = length > 8 ? ByteScan.word(bytes, end - 8) : 0
        var slot = Self.slot(first, last, length)
        while true {
            let entry = entries[slot]
            if entry.length == 0 { return Match(field: .other, set: .empty) }
            if entry.length == length,
                (entry.first ^ first) & ~entry.firstLetters == 0,
                (entry.last ^ last) & ~entry.lastLetters == 0,
                length <= 16 || middleMatches(entry.match.field, bytes, start, length)
            {
                return entry.match
            }
            slot = (slot &+ 1) & Self.slotMask
        }
    }

    private func middleMatches(_ field: KnownField, _ bytes: RawSpan, _ start: Int, _ length: Int) -> Bool {
        let base = Int(field.rawValue) * Self.longestName
        var index = 8
        while index < length - 8 {
            if ASCII.lowercased(ByteScan.byte(bytes, start + index)) != names[base + index] { return false }
            index += 1
        }
        return true
    }

    /// Folding by `| 0x20` is right here: the hash may confuse names, the comparison afterwards does not.
    @inline(__always)
    private static func slot(_ first: UInt64, _ last: UInt64, _ length: Int) -> Int {
        let space = ByteScan.ones &* 0x20
        let folded = (first | space) ^ ((last | space) &<< 5) ^ UInt64(truncatingIfNeeded: length)
        let mixed = folded &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed &>> (64 - slotBits))
    }

    private static func letters(_ word: UInt64) -> UInt64 {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64 {
            if ASCII.isLetter(UInt8(truncatingIfNeeded: word >> shift)) { result |= 0x20 << shift }
            shift += 8
        }
        return result
    }
}

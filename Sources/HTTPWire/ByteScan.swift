/// Searches over raw bytes, eight at a time.
///
/// Each detector below sets the top bit of a byte that matches. The subtraction may also mark a byte *above* a match
/// (the borrow runs upwards), never one below it, so the lowest marked byte of a little-endian word is always a real
/// one.
enum ByteScan {
    static let ones: UInt64 = 0x0101_0101_0101_0101
    static let tops: UInt64 = 0x8080_8080_8080_8080

    /// The eight bytes at `offset`, the first of them lowest.
    ///
    /// Traps beyond the end, as any span access does: callers compare with `byteCount` first.
    @inline(__always)
    static func word(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
        // Safe: any bit pattern is a UInt64, unaligned loads are what this call is for, and it checks its bounds.
        UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    @inline(__always)
    static func byte(_ bytes: RawSpan, _ offset: Int) -> UInt8 {
        // Safe: any bit pattern is a UInt8, and the call checks its bounds.
        unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt8.self)
    }

    /// Up to eight bytes at `offset`, with zeros above `length`; never reads beyond the end.
    @inline(__always)
    static func partialWord(_ bytes: RawSpan, _ offset: Int, length: Int) -> UInt64 {
        if length >= 8 { return word(bytes, offset) }
        if offset + 8 <= bytes.byteCount {
            return word(bytes, offset) & ~(~0 &<< (UInt64(truncatingIfNeeded: length) &* 8))
        }
        var result: UInt64 = 0
        var index = 0
        while index < length {
            result |= UInt64(byte(bytes, offset + index)) &<< (UInt64(truncatingIfNeeded: index) &* 8)
            index &+= 1
        }
        return result
    }

    /// The offset of the first `target` at or after `start`, or `end`.
    @inline(__always)
    static func first(_ target: UInt8, in bytes: RawSpan, from start: Int, to end: Int) -> Int {
        let pattern = ones &* UInt64(target)
        var index = start
        while index &+ 8 <= end {
            let difference = word(bytes, index) ^ pattern
            let found = (difference &- ones) & ~difference & tops
            if found != 0 { return index &+ found.trailingZeroBitCount &>> 3 }
            index &+= 8
        }
        while index < end, byte(bytes, index) != target { index &+= 1 }
        return index
    }

    /// The offset of the first byte that a field value may not hold (RFC 9110 §5.5), or the end of the bytes.
    ///
    /// HTAB, visible ASCII, SP and obs-text are passed over.
    @inline(__always)
    static func firstControl(in bytes: RawSpan, from start: Int) -> Int {
        let end = bytes.byteCount
        var index = start
        while true {
            while index &+ 32 <= end, !blockHasControl(bytes, index) { index &+= 32 }
            var found: UInt64 = 0
            while index &+ 8 <= end {
                found = controls(word(bytes, index))
                if found != 0 { break }
                index &+= 8
            }
            if found != 0 {
                index &+= found.trailingZeroBitCount &>> 3
                if byte(bytes, index) != ASCII.horizontalTab { return index }
            } else {
                while index < end, !isControl(byte(bytes, index)) { index &+= 1 }
                if index == end || byte(bytes, index) != ASCII.horizontalTab { return index }
            }
            index &+= 1
        }
    }

    @inline(__always)
    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

    /// Marks bytes below 0x20 and the byte 0x7F.
    @inline(__always)
    private static func controls(_ word: UInt64) -> UInt64 {
        let deleted = word ^ (ones &* 0x7F)
        return (((word &- ones &* 0x20) & ~word) | ((deleted &- ones) & ~deleted)) & tops
    }

    /// Whether any of the thirty-two bytes at `offset` is below 0x20 or is 0x7F; traps beyond the end.
    @inline(__always)
    private static func blockHasControl(_ bytes: RawSpan, _ offset: Int) -> Bool {
        // Safe: any bit pattern is four UInt64, unaligned loads are what this call is for, and it checks its bounds.
        let words = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
        let deleted = words ^ SIMD4(repeating: ones &* 0x7F)
        let low = (words &- SIMD4(repeating: ones &* 0x20)) & ~words
        let found = (low | ((deleted &- SIMD4(repeating: ones)) & ~deleted)) & SIMD4(repeating: tops)
        return (found[0] | found[1] | found[2] | found[3]) != 0
    }

    /// Whether all eight bytes are letters, digits or `-`: the quick way through a field name.
    @inline(__always)
    static func isPlainName(_ word: UInt64) -> Bool {
        if word & tops != 0 { return false }
        // Every byte is below 0x80 here, so no sum carries into its neighbour and each top bit tells `byte >= bound`.
        let folded = word | (ones &* 0x20)
        let letters = (folded &+ ones &* (0x80 - 0x61)) & ~(folded &+ ones &* (0x80 - 0x7B))
        let digits = (word &+ ones &* (0x80 - 0x30)) & ~(word &+ ones &* (0x80 - 0x3A))
        let hyphens = ~((word ^ (ones &* 0x2D)) &+ ones &* 0x7F)
        return (letters | digits | hyphens) & tops == tops
    }

    /// The offset of the first byte that cannot stand in a request target, or the end of the bytes.
    ///
    /// Passed over: visible ASCII other than `#` (a fragment never travels, RFC 9112 §3.2).
    @inline(__always)
    static func firstNonTarget(in bytes: RawSpan, from start: Int) -> Int {
        let end = bytes.byteCount
        var index = start
        while index &+ 8 <= end {
            let word = word(bytes, index)
            let low = (word &- ones &* 0x21) & ~word
            let deleted = word ^ (ones &* 0x7F)
            let hash = word ^ (ones &* 0x23)
            let found = (low | ((deleted &- ones) & ~deleted) | ((hash &- ones) & ~hash) | word) & tops
            if found != 0 { return index &+ found.trailingZeroBitCount &>> 3 }
            index &+= 8
        }
        while index < end {
            let byte = byte(bytes, index)
            if byte < 0x21 || byte > 0x7E || byte == 0x23 { return index }
            index &+= 1
        }
        return end
    }
}

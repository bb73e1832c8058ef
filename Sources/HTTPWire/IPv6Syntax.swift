/// Checks the text of an IPv6 address (RFC 3986 §3.2.2), without a zone.
enum IPv6Syntax {
    /// Whether `start ..< end` is eight groups, or fewer with one `::`, the last two possibly as an IPv4 address.
    static func isValid(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
        var groups = 0
        var compressed = false
        var index = start
        if startsWithTwoColons(bytes, index, end) {
            compressed = true
            index += 2
        }
        while index < end {
            let groupEnd = endOfGroup(bytes, index, end)
            if groupEnd < end, ByteScan.byte(bytes, groupEnd) == ASCII.dot {
                // An IPv4 address takes the room of the last two groups.
                guard isIPv4(bytes, index, end) else { return false }
                groups += 2
                index = end
                break
            }
            guard groupEnd > index, groupEnd - index <= 4 else { return false }
            groups += 1
            index = groupEnd
            if index == end { break }
            guard ByteScan.byte(bytes, index) == ASCII.colon else { return false }
            if startsWithTwoColons(bytes, index, end) {
                if compressed { return false }
                compressed = true
                index += 2
            } else {
                index += 1
                if index == end { return false }
            }
        }
        return compressed ? groups < 8 : groups == 8
    }

    private static func startsWithTwoColons(_ bytes: RawSpan, _ index: Int, _ end: Int) -> Bool {
        index + 1 < end && ByteScan.byte(bytes, index) == ASCII.colon && ByteScan.byte(bytes, index + 1) == ASCII.colon
    }

    private static func endOfGroup(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, ASCII.hexadecimalValue(ByteScan.byte(bytes, index)) != nil { index += 1 }
        return index
    }

    /// Four decimal numbers up to 255, without leading zeros.
    private static func isIPv4(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
        var parts = 0
        var index = start
        while true {
            let from = index
            var value = 0
            while index < end, index - from < 4, ASCII.isDigit(ByteScan.byte(bytes, index)) {
                value = value * 10 + Int(ByteScan.byte(bytes, index) &- 0x30)
                index += 1
            }
            let length = index - from
            guard length > 0, value <= 255 else { return false }
            if length > 1, ByteScan.byte(bytes, from) == 0x30 { return false }
            parts += 1
            if parts == 4 { return index == end }
            guard index < end, ByteScan.byte(bytes, index) == ASCII.dot else { return false }
            index += 1
        }
    }
}

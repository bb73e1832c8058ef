internal import Authorization

/// A moment in a file: RFC 3339, or seconds since 1970.
enum MomentText {
    /// The end of the year 9999.
    private static let latest = 253_402_300_799.0

    /// Seconds since 1970, `1793491200` or `1793491200.5`; nil for anything else, and after the year 9999.
    static func seconds(_ text: String) -> Timestamp? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
            text.utf8.count <= 24, let value = Double(text), value <= latest
        else { return nil }
        return Timestamp(seconds: value)
    }

    /// `2026-11-01T00:00:00Z` (RFC 3339 §5.6) from 1970 on; a blank may stand for the `T`, fractions and offsets are read.
    static func rfc3339(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 64, matches(bytes, "0000-00-00"), matches(bytes, "00:00:00", from: 11),
            [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10])
        else { return nil }
        let (year, month, day) = (number(bytes, 0..<4), number(bytes, 5..<7), number(bytes, 8..<10))
        let (hour, minute, second) = (number(bytes, 11..<13), number(bytes, 14..<16), number(bytes, 17..<19))
        guard year >= 1970, (1...12).contains(month), day >= 1, day <= days(in: month, of: year), hour <= 23,
            // 60 is a leap second: the first moment of the next minute.
            minute <= 59, second <= 60
        else { return nil }
        var end = 19
        var fraction = 0.0
        if bytes[end] == UInt8(ascii: ".") {
            var scale = 0.1
            end += 1
            let start = end
            while end < bytes.count, isDigit(bytes[end]) {
                fraction += Double(bytes[end] - UInt8(ascii: "0")) * scale
                scale /= 10
                end += 1
            }
            guard end > start else { return nil }
        }
        guard let offset = offset(bytes[end...]) else { return nil }
        let time = hour * 3600 + minute * 60 + second
        let seconds = Double(dayNumber(year, month, day) * 86_400 + time - offset) + fraction
        return seconds >= 0 ? Timestamp(seconds: seconds) : nil
    }

    /// Seconds east of UTC.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(text)
        if bytes == [UInt8(ascii: "Z")] || bytes == [UInt8(ascii: "z")] { return 0 }
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            matches(bytes, "00:00", from: 1)
        else { return nil }
        let (hours, minutes) = (number(bytes, 1..<3), number(bytes, 4..<6))
        guard hours <= 23, minutes <= 59 else { return nil }
        return (bytes[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// Whether the bytes are as the form: a digit where it has a 0, else the same.
    private static func matches(_ bytes: [UInt8], _ form: StaticString, from start: Int = 0) -> Bool {
        // Safe: the loop stays within the literal's own length.
        let form = unsafe UnsafeBufferPointer(start: form.utf8Start, count: form.utf8CodeUnitCount)
        guard bytes.count >= start + form.count else { return false }
        for offset in 0..<form.count {
            let wanted = unsafe form[offset]
            let byte = bytes[start + offset]
            guard wanted == UInt8(ascii: "0") ? isDigit(byte) : byte == wanted else { return false }
        }
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// - Parameter range: of digits, four at most.
    private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        bytes[range].reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar, with years that begin in March, so that leap days come last.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let ofYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + ofYear - 719_468
    }
}

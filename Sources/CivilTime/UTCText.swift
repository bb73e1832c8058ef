/// A moment as RFC 3339 writes it, in UTC.
package enum UTCText {
    /// 9999-12-31T23:59:59Z: the form has four digits for the year.
    private static let last: Int64 = 253_402_300_799

    /// To the second: `2026-11-21T07:04:28Z`.
    /// - Parameter seconds: since 1970; nil for a year that has not four digits.
    package static func text(_ seconds: Int64) -> String? {
        // From 0000-01-01T00:00:00Z on.
        guard (-62_167_219_200...last).contains(seconds) else { return nil }
        return second(seconds) + "Z"
    }

    /// To the millisecond: `2026-11-21T07:04:28.123Z`. What lies outside of 1970 to 9999 is moved to the nearer end.
    /// - Parameter milliseconds: within the second.
    package static func text(clamping seconds: Int64, milliseconds: Int64) -> String {
        second(min(max(seconds, 0), last)) + "." + padded(milliseconds, 3) + "Z"
    }

    private static func second(_ seconds: Int64) -> String {
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let date = CivilDate(daysSince1970: days)
        let second = seconds - days * 86_400
        return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
            + padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

internal import Platform

/// Moments as people and collectors read them.
enum TimeText {
    private static let secondsPerDay: Int64 = 86_400
    /// 9999-12-31T23:59:59Z: the form has four digits for the year.
    private static let last: Int64 = 253_402_300_799

    /// RFC 3339 in UTC with milliseconds: `2026-11-21T07:04:28.123Z`. What lies outside of 1970 to 9999 is moved to the
    /// nearer end.
    static func rfc3339(_ time: WallTime) -> String {
        let seconds = min(max(time.seconds, 0), last)
        let (year, month, day) = date(daysSince1970: seconds / secondsPerDay)
        let second = seconds % secondsPerDay
        let parts = [
            padded(year, 4), "-", padded(month, 2), "-", padded(day, 2), "T",
            padded(second / 3600, 2), ":", padded(second / 60 % 60, 2), ":", padded(second % 60, 2), ".",
            padded(Int64(time.nanoseconds) / 1_000_000, 3), "Z",
        ]
        return parts.joined()
    }

    /// The proleptic Gregorian date of a day. Years are counted from 1 March here, so that the day that comes and goes is
    /// the last one; 400 years have 146 097 days.
    private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

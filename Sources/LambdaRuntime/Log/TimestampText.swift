/// A moment as Lambda's own log lines write it.
enum TimestampText {
    /// RFC 3339 in UTC with milliseconds: `2026-11-21T07:04:28.123Z`.
    /// - Parameter milliseconds: since 1970; a moment before that is moved to it.
    static func rfc3339(milliseconds: Int64) -> String {
        let milliseconds = min(max(milliseconds, 0), 253_402_300_799_999)
        let seconds = milliseconds / 1000
        let (year, month, day) = date(daysSince1970: seconds / 86_400)
        let second = seconds % 86_400
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2) + "T"
            + padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2)
            + "." + padded(milliseconds % 1000, 3) + "Z"
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
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

internal import CivilTime

/// A moment as Lambda's own log lines write it.
enum TimestampText {
    /// RFC 3339 in UTC with milliseconds: `2026-11-21T07:04:28.123Z`.
    /// - Parameter milliseconds: since 1970; a moment before that is moved to it.
    static func rfc3339(milliseconds: Int64) -> String {
        let milliseconds = min(max(milliseconds, 0), 253_402_300_799_999)
        return UTCText.text(clamping: milliseconds / 1000, milliseconds: milliseconds % 1000)
    }
}

internal import CivilTime
internal import Platform

/// Moments as people and collectors read them.
enum TimeText {
    /// RFC 3339 in UTC with milliseconds: `2026-11-21T07:04:28.123Z`. What lies outside of 1970 to 9999 is moved to the
    /// nearer end.
    static func rfc3339(_ time: WallTime) -> String {
        UTCText.text(clamping: time.seconds, milliseconds: Int64(time.nanoseconds) / 1_000_000)
    }
}

internal import CivilTime
internal import StrictJSON

/// What the times of a claims set mean, in words.
enum TokenTimes {
    /// One line for each of `iat`, `nbf` and `exp` that is there.
    /// - Parameter now: seconds since 1970.
    static func lines(_ claims: JSONValue, now: Int64) -> [String] {
        ["iat", "nbf", "exp"].compactMap { name in
            claims[name].map { "  \(name)  \(text($0, now: now))" }
        }
    }

    private static func text(_ value: JSONValue, now: Int64) -> String {
        guard case .number(let number) = value.content, let seconds = wholeSeconds(number),
            let date = UTCText.text(seconds)
        else { return "not a time (RFC 7519 §2)" }
        let difference = seconds - now
        let distance = difference < 0 ? "\(span(-difference)) ago" : "in \(span(difference))"
        return "\(date)  \(distance)"
    }

    /// A NumericDate without its fraction; nil for one that no clock will show.
    private static func wholeSeconds(_ number: String) -> Int64? {
        Double(number).flatMap { Int64(exactly: $0.rounded(.down)) }
    }

    private static func span(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}

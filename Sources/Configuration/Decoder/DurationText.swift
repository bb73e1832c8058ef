/// How a length of time is written: a whole number and one unit, `250ms`, `30s`, `5m` or `24h`; `0` needs none.
enum DurationText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// nil for anything else: no sign, no fraction, no blank, no other unit.
    static func parse(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        // Twelve digits of hours still fit into 64 bits of milliseconds.
        guard digits.isDigits, digits.utf8.count <= 12, let count = Int64(digits) else { return nil }
        let unit = text[digits.endIndex...]
        if unit.isEmpty { return count == 0 ? .zero : nil }
        guard let known = units.first(where: { $0.name == unit }) else { return nil }
        return .milliseconds(count * known.milliseconds)
    }

    /// A number of seconds, to the nearest millisecond. One that no configuration can hold is written as none.
    static func write(seconds: Double) -> String {
        write(.milliseconds(Int64(exactly: (seconds * 1000).rounded()) ?? 0))
    }

    /// In the largest unit that has no fraction.
    static func write(_ duration: Duration) -> String {
        let milliseconds = duration.wholeMilliseconds
        if milliseconds == 0 { return "0s" }
        for unit in units where milliseconds % unit.milliseconds == 0 {
            return "\(milliseconds / unit.milliseconds)\(unit.name)"
        }
        return "\(milliseconds)ms"
    }
}

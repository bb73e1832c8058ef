/// Numbers as an operator reads them.
enum SafeText {
    static func seconds(_ value: Double) -> String {
        // Tenths are enough for a person, and no number of a token is beyond 2^53.
        guard let tenths = Int64(exactly: (value * 10).rounded(.towardZero)) else { return "\(value) s" }
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(abs(tenths % 10)) s"
    }

    /// "12 s ago" or "in 48 s".
    static func distance(from now: Timestamp, to moment: Double) -> String {
        let difference = moment - now.seconds
        return difference < 0 ? "\(seconds(-difference)) ago" : "in \(seconds(difference))"
    }
}

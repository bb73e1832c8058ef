/// Text from a file made fit for one line of a terminal or a log.
enum PrintableText {
    /// The text with a `?` for every control character, line separator and character that turns the direction of
    /// writing, cut after `limit` characters.
    static func line(_ text: String, limit: Int) -> String {
        var output = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else {
                output += "…"
                break
            }
            output.unicodeScalars.append(isSafe(scalar) ? scalar : "?")
            count += 1
        }
        return output
    }

    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: false
        default: true
        }
    }
}

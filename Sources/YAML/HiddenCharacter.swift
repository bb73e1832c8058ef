internal import Configuration

/// Characters that make a file mean something else than what an editor shows.
enum HiddenCharacter {
    /// Refuses what YAML takes for the end of a line and editors do not (U+0085, U+2028, U+2029): a setting could hide
    /// behind a comment. And what turns the direction of writing (U+202A to U+202E, U+2066 to U+2069).
    /// - Parameter bytes: well-formed UTF-8.
    static func failure(_ bytes: Span<UInt8>, file: String) -> ConfigurationError? {
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            let isHidden =
                switch lead {
                case 0xC2: index + 1 < bytes.count && bytes[index + 1] == 0x85
                case 0xE2: isHidden(bytes, at: index)
                default: false
                }
            if isHidden {
                return ConfigurationError(
                    .syntax,
                    "a hidden character that makes the file mean something else than it shows",
                    at: TextPosition.place(of: index, in: bytes, file: file),
                    hint: "remove it, or write it as \\u… in double quotes"
                )
            }
            index += 1
        }
        return nil
    }

    /// Whether the three bytes from a 0xE2 on are one of U+2028 to U+202E and U+2066 to U+2069.
    private static func isHidden(_ bytes: Span<UInt8>, at index: Int) -> Bool {
        guard index + 2 < bytes.count else { return false }
        switch (bytes[index + 1], bytes[index + 2]) {
        case (0x80, 0xA8...0xAE), (0x81, 0xA6...0xA9): return true
        default: return false
        }
    }
}

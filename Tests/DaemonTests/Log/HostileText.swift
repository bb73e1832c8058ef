/// What a client could put into a path, a method or a name to harm whoever reads the log.
enum HostileText {
    static let all: [String] = [
        "a\r\nlevel=info message=forged", "a\nb", "\u{1B}[2J\u{1B}]0;owned\u{7}", "a\u{0}b", "\u{9B}31m", "\u{85}x",
        "x\u{2028}y\u{2029}z", "\u{202E}evil", "\u{200B}\u{FEFF}", "\"},{\"level\":\"info\"", "\\", "\\\"", "\u{7F}",
        "\u{E0041}\u{E007F}", "é\u{301}漢🦊", "a=b c=d", String(repeating: "A", count: 100_000),
        String(repeating: "\u{1B}", count: 100_000), String(repeating: "🦊", count: 30_000), "",
    ]

    /// Whether a line is one line of printable text.
    static func isOneLine(_ line: [UInt8]) -> Bool {
        guard line.last == UInt8(ascii: "\n") else { return false }
        guard let text = String(validating: line.dropLast(), as: UTF8.self) else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }
}

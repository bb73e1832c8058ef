/// How a number of bytes is written: plain, or with `KiB` or `MiB`.
enum SizeText {
    /// nil for anything else; decimal units (`kB`) are refused, because half of their readers take them for binary ones.
    static func parse(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.isDigits, digits.utf8.count <= 12, let count = Int(digits) else { return nil }
        switch text[digits.endIndex...] {
        case "": return count
        case "KiB": return count << 10
        case "MiB": return count << 20
        default: return nil
        }
    }

    /// In the largest unit that has no fraction.
    static func write(_ bytes: Int) -> String {
        if bytes >= 1 << 20, bytes % (1 << 20) == 0 { return "\(bytes >> 20)MiB" }
        if bytes >= 1 << 10, bytes % (1 << 10) == 0 { return "\(bytes >> 10)KiB" }
        return "\(bytes)"
    }
}

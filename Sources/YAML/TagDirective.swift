internal import Configuration

/// `%TAG` lines (YAML 1.2 §6.8.2). They only serve tags, which are not read, and libyaml compares each with all before
/// it: a file full of them would keep it busy for seconds.
enum TagDirective {
    static func failure(_ bytes: Span<UInt8>, file: String) -> ConfigurationError? {
        var isLineStart = true
        for index in 0..<bytes.count {
            let byte = bytes[index]
            if isLineStart, byte == UInt8(ascii: "%"), isTag(bytes, after: index) {
                let place = TextPosition.place(of: index, in: bytes, file: file)
                return ConfigurationError(.refusedYAML, "tags are not read", at: place, hint: "remove the line")
            }
            isLineStart = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        }
        return nil
    }

    private static func isTag(_ bytes: Span<UInt8>, after percent: Int) -> Bool {
        percent + 3 < bytes.count && bytes[percent + 1] == UInt8(ascii: "T")
            && bytes[percent + 2] == UInt8(ascii: "A") && bytes[percent + 3] == UInt8(ascii: "G")
    }
}

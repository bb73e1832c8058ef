internal import StrictJSON

/// What every configuration file must be before its grammar is looked at.
package enum ConfigurationText {
    /// - Returns: why the bytes are refused: too many, or not UTF-8 (RFC 3629); nil: neither.
    package static func failure(_ bytes: Span<UInt8>, file: String) -> ConfigurationError? {
        guard bytes.count <= ConfigurationLimits.bytes else {
            let start = ConfigurationPlace(file: file, line: 1, column: 1)
            return ConfigurationError(.tooLarge, "the file is larger than 1 MiB", at: start)
        }
        var offset = 0
        while offset < bytes.count {
            guard bytes[offset] >= 0x80 else {
                offset += 1
                continue
            }
            let length = UTF8Sequence.length(bytes, at: offset, before: bytes.count)
            guard length > 0 else {
                let place = TextPosition.place(of: offset, in: bytes, file: file)
                return ConfigurationError(
                    .notUTF8,
                    "a byte that is not UTF-8",
                    at: place,
                    hint: "save the file as UTF-8"
                )
            }
            offset += length
        }
        return nil
    }

    /// The error for a file in which nothing is set.
    package static func empty(file: String) -> ConfigurationError {
        ConfigurationError(
            .empty,
            "the file is empty",
            at: ConfigurationPlace(file: file, line: 1, column: 1),
            hint: "a configuration has at least listeners and rules"
        )
    }
}

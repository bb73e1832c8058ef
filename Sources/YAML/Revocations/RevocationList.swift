package import Authorization
package import Configuration

/// Reads a file of revocations straight into a table, without ever holding the file or a list of its entries:
/// ```yaml
/// revoked:
///   - jti: 0b2f…
///   - { jti: 77c1…, issuer: login }
///   - sub: user-1
///     issued_before: 2026-11-01T00:00:00Z
/// ```
package enum RevocationList {
    /// The largest file.
    package static let maximumBytes = 256 << 20
    /// The most entries.
    package static let maximumEntries = 2_000_000
    /// The longest `jti` or `sub`, in bytes.
    package static let maximumText = 1024

    /// - Parameters:
    ///   - file: its name, for the places.
    ///   - issuers: the names that entries may use; an entry speaks of an issuer by its index here.
    ///   - next: gives the file's next piece; empty at its end, nil where it cannot be read.
    /// - Returns: the table, or the first thing that is wrong. A file that may be half of one is an error.
    package static func read(
        file: String,
        issuers: [String],
        _ next: @escaping () -> [UInt8]?
    ) -> Result<RevocationTable, ConfigurationError> {
        do throws(ConfigurationError) {
            return .success(try readOrThrow(file, issuers, YAMLInput(file: file, next: next)))
        } catch {
            return .failure(error)
        }
    }

    private static func readOrThrow(
        _ file: String,
        _ issuers: [String],
        _ input: YAMLInput
    ) throws(ConfigurationError) -> RevocationTable {
        guard var events = YAMLEventStream(input) else {
            throw ConfigurationError(.tooLarge, "no memory to read the file", at: start(file))
        }
        var reader = RevocationListReader(file: file, issuers: issuers)
        while !reader.isComplete {
            let event: YAMLEvent
            do throws(YAMLSyntaxError) {
                event = try events.next()
            } catch {
                throw input.failure ?? syntax(error, file, end: input.end)
            }
            input.madeEvent()
            let end = input.end
            try reader.take(event.within(line: end.line, column: end.column))
        }
        if input.isEmpty || reader.isEmpty {
            let hint = "where nothing is revoked, write revoked: []"
            throw ConfigurationError(.empty, "the file is empty", at: start(file), hint: hint)
        }
        // Most halves of a list are lists. What is cut within a line shows here; a writer that renames leaves no halves.
        guard let last = input.lastByte, [0x0A, 0x0D, UInt8(ascii: "]"), UInt8(ascii: "}")].contains(last) else {
            throw ConfigurationError(
                .syntax,
                "the last line does not end: the file may be half-written",
                at: input.end,
                hint: "end the file with a line end"
            )
        }
        return reader.table()
    }

    private static func start(_ file: String) -> ConfigurationPlace {
        ConfigurationPlace(file: file, line: 1, column: 1)
    }

    private static func syntax(
        _ error: YAMLSyntaxError,
        _ file: String,
        end: ConfigurationPlace
    ) -> ConfigurationError {
        let position = error.position ?? YAMLSyntaxError.Position(line: 1, column: 1)
        var place = ConfigurationPlace(file: file, line: position.line, column: position.column)
        // As in `YAMLEvent.within`.
        if place.line > end.line { place = end }
        let offset = error.position == nil ? " (at byte \(error.offset))" : ""
        return ConfigurationError(.syntax, "not YAML: \(error.message)\(offset)", at: place)
    }
}

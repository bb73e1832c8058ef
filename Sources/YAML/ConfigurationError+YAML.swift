internal import Configuration

extension ConfigurationError {
    /// libyaml's message in a sentence, with what usually helps.
    init(_ error: YAMLSyntaxError, _ text: Span<UInt8>, file: String) {
        var place =
            error.position.map { ConfigurationPlace(file: file, line: $0.line, column: $0.column) }
            ?? TextPosition.place(of: error.offset, in: text, file: file)
        // libyaml puts the end of a file without a last line end on a line of its own, which no editor shows.
        let end = TextPosition.place(of: text.count, in: text, file: file)
        if place.line > end.line { place = end }
        self.init(.syntax, "not YAML: \(error.message)", at: place, hint: Self.hint(error.message))
    }

    private static func hint(_ message: String) -> String? {
        if message.hasSuffix("cannot start any token") {
            return "indent with blanks, not tabs, and put texts that begin with @, `, % or a tab into quotes"
        }
        if message.hasSuffix("mapping values are not allowed in this context") {
            return "look for a missing indent, or put a text with \": \" into quotes"
        }
        if message.hasSuffix("could not find expected ':'") || message.hasSuffix("did not find expected key") {
            return "look at the indent and the brackets of this line and those before it"
        }
        return nil
    }
}

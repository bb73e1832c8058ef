/// What is wrong with a configuration, where, and what to do about it. Warnings have the same shape.
///
/// Values of the file are not repeated in it, so that a secret that somebody wrote into the file does not reach a log.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of fault; its text is safe as a metric label.
    package enum Code: String, Sendable, CaseIterable {
        // The file as a whole.
        case notUTF8 = "not_utf8"
        case empty
        case tooLarge = "too_large"
        case tooDeep = "too_deep"
        case tooManyNodes = "too_many_nodes"
        case syntax
        /// Legal YAML that a configuration does without: anchors, aliases, tags, merge keys, more documents.
        case refusedYAML = "refused_yaml"
        case duplicateKey = "duplicate_key"
        // One value.
        case unknownKey = "unknown_key"
        case missingKey = "missing_key"
        case wrongType = "wrong_type"
        case invalidValue = "invalid_value"
        case outOfRange = "out_of_range"
        // Values that do not go together.
        case duplicateValue = "duplicate_value"
        case conflict
        case unknownReference = "unknown_reference"
        /// Only in warnings: legal, but weaker than it looks.
        case weak
        /// Only in warnings: legal, but without effect.
        case unused
    }

    package let code: Code
    /// One line in plain words.
    package let message: String
    package let place: ConfigurationPlace
    /// The way to the value, such as `issuers[0].algorithms[1]`; empty for the file as a whole.
    package let path: String
    /// The nearest known name, or what to do.
    package let hint: String?

    package init(
        _ code: Code,
        _ message: String,
        at place: ConfigurationPlace,
        path: ConfigurationPath = ConfigurationPath(),
        hint: String? = nil
    ) {
        self.code = code
        self.message = PrintableText.line(message, limit: 300)
        self.place = place
        self.path = PrintableText.line(path.description, limit: 300)
        self.hint = hint.map { PrintableText.line($0, limit: 300) }
    }

    /// `authd.yaml:12:5: issuers[0].algoritms: unknown key; did you mean "algorithms"?`
    package var description: String {
        var text = PrintableText.line("\(place)", limit: 4200) + ": "
        if !path.isEmpty { text += path + ": " }
        text += message
        if let hint { text += "; " + hint }
        return text
    }
}

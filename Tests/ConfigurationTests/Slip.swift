import Testing

/// A mistake in `Sample.small` and the only message that it gives.
struct Slip: Sendable, CustomTestStringConvertible {
    let yaml: String
    let message: String

    /// One text is replaced.
    /// - Parameter place: line, column and path, as they stand in the message.
    init(_ old: String, _ new: String, _ place: String, _ message: String) {
        self.init(yaml: Sample.small(old, new), place, message)
    }

    /// Lines are added at the end; the first of them is line 14.
    init(adding lines: String, _ place: String, _ message: String) {
        self.init(yaml: Sample.small(adding: lines), place, message)
    }

    init(yaml: String, _ place: String, _ message: String) {
        self.yaml = yaml
        self.message = "\(Sample.file):\(place): \(message)"
    }

    var testDescription: String { message }
}

/// What came of reading a configuration.
package struct ConfigurationReading: Sendable, Equatable {
    /// nil where there are errors.
    package let settings: Settings?
    /// In the order of the file, 20 at most.
    package let errors: [ConfigurationError]
    /// How many errors there are besides.
    package let omittedErrors: Int
    /// In the order of the file, 20 at most.
    package let warnings: [ConfigurationError]
}

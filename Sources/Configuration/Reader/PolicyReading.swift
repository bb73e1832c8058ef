package import Authorization

/// What came of reading a policy.
package struct PolicyReading: Sendable, Equatable {
    /// nil where there are errors.
    package let policy: Policy?
    package let realm: String
    /// In the order of the file, 20 at most.
    package let errors: [ConfigurationError]
    /// How many errors there are besides.
    package let omittedErrors: Int
    /// In the order of the file, 20 at most.
    package let warnings: [ConfigurationError]
}

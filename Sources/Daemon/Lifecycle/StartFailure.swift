package import Configuration

/// Why the daemon does not start: everything that is wrong, not only the first thing.
package struct StartFailure: Error, Sendable {
    package let exitCode: ExitCode
    /// One line each, ready for an operator.
    package let messages: [String]

    package init(_ exitCode: ExitCode, _ messages: [String]) {
        self.exitCode = exitCode
        self.messages = messages
    }

    package init(_ errors: [ConfigurationError]) {
        self.init(.configuration, errors.map(\.description))
    }
}

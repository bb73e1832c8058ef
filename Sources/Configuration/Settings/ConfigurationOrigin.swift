/// Where a setting was written, for messages that come after reading. Two settings that differ in nothing else are equal,
/// so that a comment added to the file changes nothing.
package struct ConfigurationOrigin: Sendable, Equatable {
    package let place: ConfigurationPlace
    package let path: ConfigurationPath

    package init(place: ConfigurationPlace, path: ConfigurationPath) {
        self.place = place
        self.path = path
    }

    /// Always: an origin is no part of what is set.
    package static func == (left: ConfigurationOrigin, right: ConfigurationOrigin) -> Bool { true }

    /// An error about the setting that was written here.
    package func error(
        _ code: ConfigurationError.Code,
        _ message: String,
        hint: String? = nil
    ) -> ConfigurationError {
        ConfigurationError(code, message, at: place, path: path, hint: hint)
    }
}

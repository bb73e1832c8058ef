/// A value of a configuration with its place: what YAML and JSON have in common. Depth and number of values are bounded
/// by `ConfigurationLimits`.
package struct ConfigurationNode: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// In the order of the file; no key stands twice.
        case mapping([Entry])
        case sequence([ConfigurationNode])
        case scalar(Scalar)
        case null
    }

    /// A key with its own place, and its value.
    package struct Entry: Sendable, Equatable {
        package let key: String
        package let keyPlace: ConfigurationPlace
        package let value: ConfigurationNode

        package init(key: String, keyPlace: ConfigurationPlace, value: ConfigurationNode) {
            self.key = key
            self.keyPlace = keyPlace
            self.value = value
        }
    }

    /// A text, number or truth value, not yet told apart.
    package struct Scalar: Sendable, Equatable {
        package let text: String
        /// Whether it can only be a text: a JSON string, or YAML in quotes or in a block.
        package let isQuoted: Bool

        package init(text: String, isQuoted: Bool) {
            self.text = text
            self.isQuoted = isQuoted
        }
    }

    package let content: Content
    /// Where the value begins; of a mapping in YAML's block style, its first key.
    package let place: ConfigurationPlace

    package init(_ content: Content, at place: ConfigurationPlace) {
        self.content = content
        self.place = place
    }
}

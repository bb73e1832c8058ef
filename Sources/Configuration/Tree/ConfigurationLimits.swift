/// What a configuration may be at most, in YAML and in JSON: more is a mistake or an attack on whoever checks it.
package enum ConfigurationLimits {
    /// The size of the file in bytes.
    package static let bytes = 1 << 20
    /// How deep mappings and sequences may nest.
    package static let depth = 32
    /// How many values, keys included, there may be.
    package static let nodes = 200_000
}

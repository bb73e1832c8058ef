internal import StrictJSON

extension ConfigurationNode {
    /// Reads a JSON text (RFC 8259) within `ConfigurationLimits`. Strings become quoted scalars; numbers, `true` and
    /// `false` plain ones.
    /// - Parameter file: its name, for the places.
    package init(json bytes: Span<UInt8>, file: String) throws(ConfigurationError) {
        if let failure = ConfigurationText.failure(bytes, file: file) { throw failure }
        guard Self.hasContent(bytes) else { throw ConfigurationText.empty(file: file) }
        let limits = JSONLimits(
            depth: ConfigurationLimits.depth,
            nodes: ConfigurationLimits.nodes,
            bytes: ConfigurationLimits.bytes
        )
        do throws(JSONError) {
            let value = try JSONValue(parsing: bytes, limits: limits)
            var builder = JSONTreeBuilder(file: file)
            self = builder.node(value, bytes)
        } catch {
            throw ConfigurationError(error, in: bytes, file: file)
        }
    }

    private static func hasContent(_ bytes: Span<UInt8>) -> Bool {
        for index in 0..<bytes.count where bytes[index] > UInt8(ascii: " ") { return true }
        return false
    }
}

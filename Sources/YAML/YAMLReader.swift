package import Configuration

/// Reads a configuration file in YAML: one document of mappings, lists and scalars, within `ConfigurationLimits`.
/// Anchors, aliases, tags, merge keys and duplicate keys are refused, because what they do is not what one sees.
package enum YAMLReader {
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - file: its name, for the places.
    package static func read(_ bytes: Span<UInt8>, file: String) -> Result<ConfigurationNode, ConfigurationError> {
        do throws(ConfigurationError) {
            return .success(try readOrThrow(bytes, file: file))
        } catch {
            return .failure(error)
        }
    }

    private static func readOrThrow(
        _ bytes: Span<UInt8>,
        file: String
    ) throws(ConfigurationError) -> ConfigurationNode {
        if let failure = ConfigurationText.failure(bytes, file: file) { throw failure }
        let text = bytes.extracting(byteOrderMark(bytes)...)
        // libyaml ends the process when it is given no bytes at all.
        guard text.count > 0 else { throw ConfigurationText.empty(file: file) }
        if let failure = HiddenCharacter.failure(text, file: file) { throw failure }
        if let failure = TagDirective.failure(text, file: file) { throw failure }
        var builder = YAMLTreeBuilder(file: file)
        try unsafe text.withUnsafeBufferPointer { buffer throws(ConfigurationError) in
            // Safe: the buffer outlives the stream, which ends with this closure.
            guard var events = unsafe YAMLEventStream(buffer) else {
                let start = ConfigurationPlace(file: file, line: 1, column: 1)
                throw ConfigurationError(.tooLarge, "no memory to read the file", at: start)
            }
            while !builder.isComplete {
                let event: YAMLEvent
                do throws(YAMLSyntaxError) {
                    event = try events.next()
                } catch {
                    throw ConfigurationError(error, text, file: file)
                }
                try builder.take(event)
            }
        }
        guard let tree = builder.tree, tree.content != .null else { throw ConfigurationText.empty(file: file) }
        return tree
    }

    /// The length of the mark that some editors put before UTF-8.
    private static func byteOrderMark(_ bytes: Span<UInt8>) -> Int {
        bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    }
}

/// Reads a mapping whose keys are known: what is asked for is known, and what nobody asked for is an error.
final class MappingDecoder {
    private let located: LocatedNode
    private let entries: [ConfigurationNode.Entry]
    private var known: [String] = []
    private var strangers: [String: String] = [:]

    init(_ located: LocatedNode, _ entries: [ConfigurationNode.Entry]) {
        self.located = located
        self.entries = entries
    }

    var origin: ConfigurationOrigin { located.origin }
    var diagnostics: Diagnostics { located.diagnostics }

    /// An error about the mapping as a whole.
    func fail(_ code: ConfigurationError.Code, _ message: String, hint: String? = nil) {
        located.fail(code, message, hint: hint)
    }

    /// The value of `key`; nil where the mapping does not have it.
    func optional(_ key: String) -> LocatedNode? {
        if !known.contains(key) { known.append(key) }
        guard let entry = entries.first(where: { $0.key == key }) else { return nil }
        return LocatedNode(node: entry.value, path: located.path.appending(key), diagnostics: diagnostics)
    }

    /// The same for a key that must be there; its absence is recorded.
    func required(_ key: String, hint: String? = nil) -> LocatedNode? {
        guard let value = optional(key) else {
            fail(.missingKey, "\"\(key)\" is missing", hint: hint)
            return nil
        }
        return value
    }

    /// The place of `key` itself, for messages about its presence.
    func key(_ key: String) -> LocatedKey? {
        guard let entry = entries.first(where: { $0.key == key }) else { return nil }
        let origin = ConfigurationOrigin(place: entry.keyPlace, path: located.path.appending(key))
        return LocatedKey(text: key, origin: origin, diagnostics: diagnostics)
    }

    /// Says what to do about keys that are unknown here, but often tried.
    func hint(_ hint: String, for names: [String]) {
        for name in names { strangers[name] = hint }
    }

    /// Exactly one of `keys` must be there: its name and value, or nil after recording what is wrong.
    func exactlyOne(of keys: [String]) -> (key: String, value: LocatedNode)? {
        let present = keys.compactMap { key in optional(key).map { (key, $0) } }
        guard present.count > 1 else {
            if present.isEmpty { fail(.missingKey, "needs one of \(Self.list(keys))") }
            return present.first
        }
        for other in present.dropFirst() {
            key(other.0)?.fail(.conflict, "stands beside \"\(present[0].0)\"; exactly one of \(Self.list(keys)) counts")
        }
        return nil
    }

    /// Records each key that nobody has asked for, with the nearest known one.
    func finish() {
        let names = Set(known)
        for entry in entries where !names.contains(entry.key) { failUnknown(entry) }
    }

    private func failUnknown(_ entry: ConfigurationNode.Entry) {
        let near = diagnostics.isFull ? nil : NearestName.hint(entry.key, among: known)
        let hint = near ?? strangers[entry.key.lowercasedASCII]
        // A secret that was pasted as `keys: { the-secret }` is a key to the parser: it must not reach a log.
        let mayBeSecret = located.path.lastKey == "keys" && hint == nil
        let path = mayBeSecret ? located.path : located.path.appending(entry.key)
        diagnostics.add(
            ConfigurationError(
                .unknownKey,
                "unknown key",
                at: entry.keyPlace,
                path: path,
                hint: hint ?? (known.count <= 16 ? "known here: \(known.joined(separator: ", "))" : nil)
            )
        )
    }

    private static func list(_ names: [String]) -> String {
        names.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}

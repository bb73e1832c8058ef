/// A value, the way to it, and the book that its faults are written in. The typed getters record a fault and give nil
/// where the value is not what they read.
struct LocatedNode {
    let node: ConfigurationNode
    let path: ConfigurationPath
    let diagnostics: Diagnostics

    var origin: ConfigurationOrigin { ConfigurationOrigin(place: node.place, path: path) }

    func fail(_ code: ConfigurationError.Code, _ message: String, hint: String? = nil) {
        diagnostics.add(origin.error(code, message, hint: hint))
    }

    func warn(_ code: ConfigurationError.Code, _ message: String, hint: String? = nil) {
        diagnostics.warn(origin.error(code, message, hint: hint))
    }

    /// The mapping's decoder. Whoever takes it calls `finish` once every known key has been asked for.
    func mapping() -> MappingDecoder? {
        guard case .mapping(let entries) = node.content else {
            failType("a mapping of keys to values")
            return nil
        }
        return MappingDecoder(self, entries)
    }

    /// The entries of a mapping whose keys are the operator's own names, in the order of the file.
    func namedEntries() -> [(key: LocatedKey, value: LocatedNode)]? {
        guard case .mapping(let entries) = node.content else {
            failType("a mapping of keys to values")
            return nil
        }
        return entries.map { entry in
            let path = path.appending(entry.key)
            let origin = ConfigurationOrigin(place: entry.keyPlace, path: path)
            return (
                LocatedKey(text: entry.key, origin: origin, diagnostics: diagnostics),
                LocatedNode(node: entry.value, path: path, diagnostics: diagnostics)
            )
        }
    }

    func elements() -> [LocatedNode]? {
        guard case .sequence(let nodes) = node.content else {
            let isScalar = if case .scalar = node.content { true } else { false }
            failType("a list", hint: isScalar ? "one value is a list too: [value]" : nil)
            return nil
        }
        return nodes.enumerated().map { index, node in
            LocatedNode(node: node, path: path.appending(index), diagnostics: diagnostics)
        }
    }

    /// Records that the value is of another kind than `expected`, which says what it must be.
    func failType(_ expected: String, hint: String? = nil) {
        switch node.content {
        case .null: fail(.wrongType, "has no value; it must be \(expected)", hint: "or remove the key")
        case .mapping: fail(.wrongType, "must be \(expected), not a mapping", hint: hint)
        case .sequence: fail(.wrongType, "must be \(expected), not a list", hint: hint)
        case .scalar: fail(.wrongType, "must be \(expected)", hint: hint)
        }
    }
}

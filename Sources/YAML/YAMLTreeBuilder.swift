internal import Configuration

/// Puts YAML's events together to one tree. Keeps its own stack, so that the depth of a hostile file costs none.
struct YAMLTreeBuilder {
    /// A mapping or sequence that is still open.
    private enum Frame {
        case mapping(Mapping)
        case sequence([ConfigurationNode], ConfigurationPlace)
    }

    private struct Mapping {
        let place: ConfigurationPlace
        var entries: [ConfigurationNode.Entry] = []
        var lines: [String: Int] = [:]
        /// The key whose value comes next.
        var key: (text: String, place: ConfigurationPlace)?
    }

    private let file: String
    private var frames: [Frame] = []
    private var nodes = 0
    private var documents = 0
    private var root: ConfigurationNode?
    /// Whether the stream has ended.
    private(set) var isComplete = false

    init(file: String) { self.file = file }

    /// The tree, once complete; nil where the file has no document.
    var tree: ConfigurationNode? { root }

    mutating func take(_ event: YAMLEvent) throws(ConfigurationError) {
        let place = ConfigurationPlace(file: file, line: event.line, column: event.column)
        try refuse(event, place)
        switch event.kind {
        case .streamStart, .documentEnd: break
        case .streamEnd: isComplete = true
        case .documentStart:
            documents += 1
            guard documents == 1 else {
                throw ConfigurationError(.refusedYAML, "a second document in one file", at: place)
            }
        case .alias:
            throw ConfigurationError(.refusedYAML, "aliases are not read", at: place, hint: "write the value again")
        case .scalar(let text, let isPlain): try takeScalar(text, isPlain: isPlain, place)
        case .mappingStart: try open(.mapping(Mapping(place: place)), place)
        case .sequenceStart: try open(.sequence([], place), place)
        case .mappingEnd, .sequenceEnd: close()
        }
    }

    private func refuse(_ event: YAMLEvent, _ place: ConfigurationPlace) throws(ConfigurationError) {
        if event.hasAnchor { throw ConfigurationError(.refusedYAML, "anchors are not read", at: place) }
        if event.hasTag {
            let hint = "a value's type follows from its form: quotes make a text"
            throw ConfigurationError(.refusedYAML, "tags are not read", at: place, hint: hint)
        }
    }

    private mutating func count(_ place: ConfigurationPlace) throws(ConfigurationError) {
        nodes += 1
        guard nodes <= ConfigurationLimits.nodes else {
            throw ConfigurationError(.tooManyNodes, "more than \(ConfigurationLimits.nodes) values", at: place)
        }
    }

    private mutating func open(_ frame: Frame, _ place: ConfigurationPlace) throws(ConfigurationError) {
        try count(place)
        if case .mapping(let mapping) = frames.last, mapping.key == nil {
            throw ConfigurationError(.refusedYAML, "a key must be a text", at: place)
        }
        guard frames.count < ConfigurationLimits.depth else {
            throw ConfigurationError(.tooDeep, "nested deeper than \(ConfigurationLimits.depth) levels", at: place)
        }
        frames.append(frame)
    }

    private mutating func takeScalar(
        _ text: String,
        isPlain: Bool,
        _ place: ConfigurationPlace
    ) throws(ConfigurationError) {
        try count(place)
        if case .mapping(var mapping) = frames.last, mapping.key == nil {
            // Taken off first, so that the mapping is changed where it is and not copied.
            frames.removeLast()
            try Self.enterKey(text, isPlain: isPlain, place, &mapping)
            frames.append(.mapping(mapping))
            return
        }
        if isPlain, ["", "~", "null", "Null", "NULL"].contains(text) {
            put(ConfigurationNode(.null, at: place))
        } else {
            put(ConfigurationNode(.scalar(ConfigurationNode.Scalar(text: text, isQuoted: !isPlain)), at: place))
        }
    }

    private static func enterKey(
        _ text: String,
        isPlain: Bool,
        _ place: ConfigurationPlace,
        _ mapping: inout Mapping
    ) throws(ConfigurationError) {
        if isPlain, text == "<<" {
            throw ConfigurationError(.refusedYAML, "merge keys are not read", at: place, hint: "write the values again")
        }
        if isPlain, text.isEmpty { throw ConfigurationError(.refusedYAML, "a key must be a text", at: place) }
        // The key itself is not repeated: it may be a secret in the wrong place.
        if let line = mapping.lines.updateValue(place.line, forKey: text) {
            throw ConfigurationError(
                .duplicateKey,
                "this key stands twice in one mapping, first on line \(line)",
                at: place
            )
        }
        mapping.key = (text, place)
    }

    private mutating func close() {
        switch frames.popLast() {
        case .mapping(let mapping): put(ConfigurationNode(.mapping(mapping.entries), at: mapping.place))
        case .sequence(let elements, let place): put(ConfigurationNode(.sequence(elements), at: place))
        case nil: break
        }
    }

    /// Gives a finished value to what is open around it.
    private mutating func put(_ node: ConfigurationNode) {
        switch frames.popLast() {
        case .mapping(var mapping):
            if let key = mapping.key {
                mapping.entries.append(ConfigurationNode.Entry(key: key.text, keyPlace: key.place, value: node))
                mapping.key = nil
            }
            frames.append(.mapping(mapping))
        case .sequence(var elements, let place):
            elements.append(node)
            frames.append(.sequence(elements, place))
        case nil: root = node
        }
    }
}

internal import Authorization
internal import Configuration

/// Takes the events of a file of revocations and gives each entry to a table's builder as soon as it is whole.
struct RevocationListReader {
    private enum State: Equatable {
        /// Before the mapping at the top, between its keys, behind its only one, and behind the mapping.
        case start, top
        case list(ConfigurationPlace)
        case behind, end
        /// Inside the list, inside an entry, and before the value of one of its keys.
        case entries, entry
        case value(RevocationEntryReading.Key)
    }

    private let file: String
    private let issuers: [String: Int]
    private let issuerNames: [String]
    private let maximumEntries: Int
    private var state = State.start
    private var entry: RevocationEntryReading
    private var count = 0
    private var documents = 0
    private var builder = RevocationTableBuilder()
    /// Whether the stream has ended.
    private(set) var isComplete = false

    init(file: String, issuers: [String], maximumEntries: Int = RevocationList.maximumEntries) {
        self.file = file
        self.maximumEntries = maximumEntries
        issuerNames = issuers
        self.issuers = Dictionary(zip(issuers, issuers.indices), uniquingKeysWith: { first, _ in first })
        entry = RevocationEntryReading(ConfigurationPlace(file: file, line: 1, column: 1), index: 0)
    }

    /// The table of all entries; to be asked for once.
    mutating func table() -> RevocationTable { builder.build() }

    /// Whether there is no document.
    var isEmpty: Bool { state == .start }

    mutating func take(_ event: YAMLEvent) throws(ConfigurationError) {
        let place = ConfigurationPlace(file: file, line: event.line, column: event.column)
        if event.hasAnchor { throw ConfigurationError(.refusedYAML, "anchors are not read", at: place) }
        if event.hasTag { throw ConfigurationError(.refusedYAML, "tags are not read", at: place) }
        switch event.kind {
        case .streamStart, .documentEnd: break
        case .streamEnd: isComplete = true
        case .documentStart:
            documents += 1
            guard documents == 1 else {
                throw ConfigurationError(.refusedYAML, "a second document in one file", at: place)
            }
        case .alias: throw ConfigurationError(.refusedYAML, "aliases are not read", at: place)
        case .scalar(let text, let isPlain): try takeScalar(text, isPlain: isPlain, place)
        case .mappingStart: try openMapping(place)
        case .sequenceStart: try openList(place)
        case .mappingEnd: try closeMapping(place)
        case .sequenceEnd: state = .behind
        }
    }

    private mutating func takeScalar(
        _ text: String,
        isPlain: Bool,
        _ place: ConfigurationPlace
    ) throws(ConfigurationError) {
        switch state {
        case .start:
            // An empty document is a plain scalar of no length.
            guard isPlain, text.isEmpty else { throw wrongTop(place) }
        case .top, .behind:
            guard text == "revoked" else {
                let hint = NearestName.hint(text, among: ["revoked"]) ?? "the only key is \"revoked\""
                throw ConfigurationError(.unknownKey, "unknown key", at: place, hint: hint)
            }
            guard state == .top else {
                throw ConfigurationError(.duplicateKey, "this key stands twice", at: place, path: Self.top)
            }
            state = .list(place)
        case .list:
            let hint = "write revoked: [] where nothing is revoked"
            throw ConfigurationError(.wrongType, "must be a list", at: place, path: Self.top, hint: hint)
        case .entries:
            let path = Self.top.appending(count)
            throw ConfigurationError(.wrongType, "must be a mapping", at: place, path: path, hint: "such as jti: …")
        case .entry: state = .value(try entry.key(text, place))
        case .value(let key):
            try entry.value(text, isPlain: isPlain, of: key, place, issuers, issuerNames)
            state = .entry
        case .end: break
        }
    }

    private mutating func openMapping(_ place: ConfigurationPlace) throws(ConfigurationError) {
        switch state {
        case .start: state = .top
        case .entries:
            guard count < maximumEntries else {
                let message = "more than \(maximumEntries) entries"
                throw ConfigurationError(.tooManyNodes, message, at: place, hint: "take out tokens that have expired")
            }
            entry = RevocationEntryReading(place, index: count)
            state = .entry
        case .list: throw ConfigurationError(.wrongType, "must be a list", at: place, path: Self.top)
        case .value(let key): throw entry.fault(.wrongType, "must be one value", at: place, key)
        case .top, .behind, .entry, .end: throw ConfigurationError(.refusedYAML, "a key must be a text", at: place)
        }
    }

    private mutating func openList(_ place: ConfigurationPlace) throws(ConfigurationError) {
        switch state {
        case .start: throw wrongTop(place)
        case .list: state = .entries
        case .entries:
            throw ConfigurationError(.wrongType, "must be a mapping", at: place, path: Self.top.appending(count))
        case .value(let key): throw entry.fault(.wrongType, "must be one value", at: place, key)
        case .top, .behind, .entry, .end: throw ConfigurationError(.refusedYAML, "a key must be a text", at: place)
        }
    }

    private mutating func closeMapping(_ place: ConfigurationPlace) throws(ConfigurationError) {
        switch state {
        case .entry:
            try entry.add(to: &builder)
            count += 1
            state = .entries
        case .top:
            let hint = "where nothing is revoked, write revoked: []"
            throw ConfigurationError(.missingKey, "the key \"revoked\" is missing", at: place, hint: hint)
        case .behind: state = .end
        case .start, .list, .entries, .value, .end: break
        }
    }

    private func wrongTop(_ place: ConfigurationPlace) -> ConfigurationError {
        ConfigurationError(.wrongType, "must be a mapping with the key \"revoked\"", at: place)
    }

    static var top: ConfigurationPath { ConfigurationPath().appending("revoked") }
}

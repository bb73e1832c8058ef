internal import StrictJSON

/// Turns JSON's values into nodes, in the order of the text.
struct JSONTreeBuilder {
    private let file: String
    private var position = TextPosition()

    init(file: String) { self.file = file }

    /// Recursion is as deep as the parser's limit allows.
    mutating func node(_ value: JSONValue, _ bytes: Span<UInt8>) -> ConfigurationNode {
        let place = place(value.offset, bytes)
        switch value.content {
        case .object(let members):
            var entries: [ConfigurationNode.Entry] = []
            entries.reserveCapacity(members.count)
            for member in members {
                let keyPlace = self.place(member.offset, bytes)
                let value = node(member.value, bytes)
                entries.append(ConfigurationNode.Entry(key: member.name, keyPlace: keyPlace, value: value))
            }
            return ConfigurationNode(.mapping(entries), at: place)
        case .array(let elements):
            var nodes: [ConfigurationNode] = []
            nodes.reserveCapacity(elements.count)
            for element in elements { nodes.append(node(element, bytes)) }
            return ConfigurationNode(.sequence(nodes), at: place)
        case .string(let text): return scalar(text, isQuoted: true, place)
        case .number(let text): return scalar(text, isQuoted: false, place)
        case .bool(let flag): return scalar(flag ? "true" : "false", isQuoted: false, place)
        case .null: return ConfigurationNode(.null, at: place)
        }
    }

    private func scalar(_ text: String, isQuoted: Bool, _ place: ConfigurationPlace) -> ConfigurationNode {
        ConfigurationNode(.scalar(ConfigurationNode.Scalar(text: text, isQuoted: isQuoted)), at: place)
    }

    private mutating func place(_ offset: Int, _ bytes: Span<UInt8>) -> ConfigurationPlace {
        position.advance(to: offset, in: bytes)
        return position.place(in: file)
    }
}

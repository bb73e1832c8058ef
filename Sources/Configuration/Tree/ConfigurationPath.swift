/// The way from the top of a configuration to one of its values: `issuers[0].algorithms[1]`.
package struct ConfigurationPath: Sendable, Hashable, CustomStringConvertible {
    private enum Component: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    private var components: [Component]

    /// The top.
    package init() { components = [] }

    /// The value of `key` in the mapping that this leads to.
    package func appending(_ key: String) -> ConfigurationPath {
        var longer = self
        longer.components.append(.key(key))
        return longer
    }

    /// The element at `index`, counted from 0, of the sequence that this leads to.
    package func appending(_ index: Int) -> ConfigurationPath {
        var longer = self
        longer.components.append(.index(index))
        return longer
    }

    /// The last key on the way; nil at the top and for an element.
    var lastKey: String? {
        guard case .key(let key) = components.last else { return nil }
        return key
    }

    /// Empty at the top. A key that is no plain word stands in brackets and quotes, without control characters and not
    /// longer than a line.
    package var description: String {
        var text = ""
        for component in components {
            switch component {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where Self.isWord(key): text += text.isEmpty ? key : "." + key
            case .key(let key): text += "[\"\(PrintableText.line(key, limit: 64))\"]"
            }
        }
        return text
    }

    private static func isWord(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.count <= 64
            && key.utf8.allSatisfy { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }
}

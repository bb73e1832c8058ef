import Foundation

/// Any JSON that a test reads, looked into by names and places; what is not there is `null` all the way down.
package indirect enum JSONTree: Decodable, Hashable, Sendable {
    case string(String)
    case number(Double)
    case bool(Bool)
    case array([JSONTree])
    case object([String: JSONTree])
    case null

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .array(value)
        } else if let value = try? container.decode([String: JSONTree].self) {
            self = .object(value)
        } else {
            self = .null
        }
    }

    package init(_ text: String) throws {
        self = try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
    }

    /// nil where the bytes are no base64url, or what they say is no JSON.
    package init?(base64url text: Substring) {
        guard let bytes = TokenMint.bytes(base64url: String(text)),
            let value = try? JSONDecoder().decode(JSONTree.self, from: Data(bytes))
        else { return nil }
        self = value
    }

    package subscript(_ name: String) -> JSONTree {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    package subscript(_ index: Int) -> JSONTree {
        items.indices.contains(index) ? items[index] : .null
    }

    package var items: [JSONTree] {
        if case .array(let items) = self { items } else { [] }
    }

    package var names: Set<String> {
        if case .object(let members) = self { Set(members.keys) } else { [] }
    }

    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// Written again, with the members in the order of their names.
    package var text: String {
        switch self {
        case .string(let value): JSONValue.string(value).text
        case .number(let value): Int(exactly: value).map { String($0) } ?? String(value)
        case .bool(let value): String(value)
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }.map { JSONValue.string($0.key).text + ":" + $0.value.text }
                .joined(separator: ",") + "}"
        case .null: "null"
        }
    }

    /// The text itself read as JSON: policies come as text.
    package var parsed: JSONTree {
        get throws { try JSONTree(string ?? "") }
    }

    /// The item of an array whose member `name` is `value`.
    package func first(where name: String, is value: String) -> JSONTree {
        items.first { $0[name].string == value } ?? .null
    }
}

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
    ExpressibleByBooleanLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(Double(value)) }
    package init(arrayLiteral elements: JSONTree...) { self = .array(elements) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

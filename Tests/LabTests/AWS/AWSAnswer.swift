import Foundation
import TestSupport

/// JSON as a tool prints it, looked into by names and places; what is not there is `absent` all the way down.
indirect enum AWSAnswer: Decodable, Equatable, Sendable {
    case string(String)
    case number(Double)
    case bool(Bool)
    case array([AWSAnswer])
    case object([String: AWSAnswer])
    case absent

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([AWSAnswer].self) {
            self = .array(value)
        } else if let value = try? container.decode([String: AWSAnswer].self) {
            self = .object(value)
        } else {
            self = .absent
        }
    }

    init(_ text: String) throws {
        self = try JSONDecoder().decode(AWSAnswer.self, from: Data(text.utf8))
    }

    subscript(_ name: String) -> AWSAnswer {
        if case .object(let members) = self { members[name] ?? .absent } else { .absent }
    }

    subscript(_ index: Int) -> AWSAnswer {
        items.indices.contains(index) ? items[index] : .absent
    }

    var items: [AWSAnswer] {
        if case .array(let items) = self { items } else { [] }
    }

    var names: Set<String> {
        if case .object(let members) = self { Set(members.keys) } else { [] }
    }

    var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The text itself read as JSON: policies come as text.
    var parsed: AWSAnswer {
        get throws { try AWSAnswer(string ?? "") }
    }

    /// The item of an array whose member `name` is `value`.
    func first(where name: String, is value: String) -> AWSAnswer {
        items.first { $0[name].string == value } ?? .absent
    }
}

extension AWSAnswer: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
    ExpressibleByBooleanLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(arrayLiteral elements: AWSAnswer...) { self = .array(elements) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
}

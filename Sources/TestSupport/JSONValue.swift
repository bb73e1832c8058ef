/// A JSON value that a test writes down; members are printed in the order of their names, so that a token is the same
/// in each run.
package enum JSONValue: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    case string(String)
    case number(Int)
    case array([JSONValue])
    case object([String: JSONValue])
    /// Text that is put in as it stands, valid or not.
    case verbatim(String)

    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    package var text: String {
        switch self {
        case .string(let value): "\"" + value.unicodeScalars.map(Self.escaped).joined() + "\""
        case .number(let value): String(value)
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }
                .map { Self.string($0.key).text + ":" + $0.value.text }
                .joined(separator: ",") + "}"
        case .verbatim(let value): value
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        default:
            guard scalar.value < 0x20 else { return String(scalar) }
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}

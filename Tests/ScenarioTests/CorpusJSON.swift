import Foundation
import TestSupport

/// Any JSON of a corpus, as far as the scenarios look into it.
indirect enum CorpusJSON: Decodable, Hashable, Sendable {
    case string(String)
    case number(Double)
    case bool(Bool)
    case array([CorpusJSON])
    case object([String: CorpusJSON])
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([CorpusJSON].self) {
            self = .array(value)
        } else if let value = try? container.decode([String: CorpusJSON].self) {
            self = .object(value)
        } else {
            self = .null
        }
    }

    init?(base64url text: Substring) {
        guard let bytes = TokenMint.bytes(base64url: String(text)),
            let value = try? JSONDecoder().decode(CorpusJSON.self, from: Data(bytes))
        else { return nil }
        self = value
    }

    var text: String {
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
}

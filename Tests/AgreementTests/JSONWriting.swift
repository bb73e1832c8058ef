import Foundation

/// Ways to write an object down, legal and illegal.
enum JSONWriting: CaseIterable {
    case spaced, lines, tabs, byteOrderMark, utf16, utf16Big, trailingComma, leadingComma, trailingText, trailingSpace,
        comment
    case singleQuotes, noQuotes, array, string, number, null, empty, twoObjects, cut, invalidByte, overlong,
        surrogateBytes
    case control, escapedNames, nulBehind, verticalTab, noBreakSpace, deepArray, latin1

    func write(_ members: [(String, String)], _ plain: String) -> [UInt8] {
        let bytes = Array(plain.utf8)
        switch self {
        case .spaced:
            return Array(("{ " + members.map { "\"\($0.0)\" : \($0.1)" }.joined(separator: " , ") + " }").utf8)
        case .lines:
            return Array(("{\r\n" + members.map { "\"\($0.0)\":\r\n\($0.1)" }.joined(separator: ",\n") + "\n}").utf8)
        case .tabs:
            return Array(("\t{\t" + members.map { "\"\($0.0)\":\t\($0.1)" }.joined(separator: ",\t") + "}\t").utf8)
        case .byteOrderMark: return [0xEF, 0xBB, 0xBF] + bytes
        case .utf16: return Array(plain.data(using: .utf16LittleEndian) ?? Data())
        case .utf16Big: return [0xFE, 0xFF] + Array(plain.data(using: .utf16BigEndian) ?? Data())
        case .trailingComma: return Array((plain.dropLast() + ",}").utf8)
        case .leadingComma: return Array(("{," + plain.dropFirst()).utf8)
        case .trailingText: return bytes + Array("x".utf8)
        case .trailingSpace: return bytes + Array(" \n".utf8)
        case .comment: return Array("/* a */".utf8) + bytes
        case .singleQuotes: return Array(plain.replacing("\"", with: "'").utf8)
        case .noQuotes: return Array(plain.replacing("\"", with: "").utf8)
        case .array: return Array("[\(plain)]".utf8)
        case .string: return Array("\"\(plain.replacing("\"", with: "\\\""))\"".utf8)
        case .number: return Array("1".utf8)
        case .null: return Array("null".utf8)
        case .empty: return []
        case .twoObjects: return bytes + bytes
        case .cut: return Array(bytes.dropLast())
        case .invalidByte: return inserted([0xFF], bytes)
        case .overlong: return inserted([0xC0, 0xAF], bytes)
        case .surrogateBytes: return inserted([0xED, 0xA0, 0x80], bytes)
        case .control: return inserted([0x01], bytes)
        case .escapedNames: return escapedNames(members)
        case .nulBehind: return bytes + [0]
        case .verticalTab: return [0x0B] + bytes
        case .noBreakSpace: return [0xC2, 0xA0] + bytes
        case .deepArray: return Array(String(repeating: "[", count: 2000).utf8)
        case .latin1: return inserted([0xE9], bytes)
        }
    }

    /// Bytes in one more member's text.
    private func inserted(_ odd: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        bytes.dropLast() + Array(",\"odd\":\"a".utf8) + odd + Array("b\"}".utf8)
    }

    /// Legal: the names with their first letter escaped.
    private func escapedNames(_ members: [(String, String)]) -> [UInt8] {
        let list = members.map { name, value -> String in
            guard let first = name.utf8.first, first < 0x80, first != UInt8(ascii: "\\") else {
                return "\"\(name)\":\(value)"
            }
            return "\"\\u00\(String(first, radix: 16))\(name.dropFirst())\":\(value)"
        }
        return Array(("{" + list.joined(separator: ",") + "}").utf8)
    }
}

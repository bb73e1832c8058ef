import StrictJSON

/// What a tree means, without the places in the text it came from. Texts are bytes, because Swift's strings are equal
/// under Unicode normalisation and JSON's are not.
indirect enum Meaning: Equatable {
    case object([[UInt8]], [Meaning])
    case array([Meaning])
    case string([UInt8])
    case number(String)
    case bool(Bool)
    case null

    init(_ value: JSONValue) {
        switch value.content {
        case .object(let members):
            self = .object(members.map { Array($0.name.utf8) }, members.map { Meaning($0.value) })
        case .array(let elements): self = .array(elements.map { Meaning($0) })
        case .string(let text): self = .string(Array(text.utf8))
        case .number(let text): self = .number(text)
        case .bool(let flag): self = .bool(flag)
        case .null: self = .null
        }
    }

    init(parsing bytes: [UInt8]) throws { self.init(try JSONValue(parsing: bytes.span)) }
}

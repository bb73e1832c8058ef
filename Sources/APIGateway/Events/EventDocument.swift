internal import StrictJSON

/// An event's JSON, and questions to it. Members that are null count as absent: API Gateway writes empty maps as null.
struct EventDocument {
    private let bytes: [UInt8]
    private let document: JSONDocument

    /// Deeper or larger than any event of API Gateway, whose headers have 10 240 bytes.
    static let limits = JSONLimits(depth: 64, nodes: 100_000, bytes: 7 << 20)

    /// - Returns: nil for what is no JSON object; duplicate names make it none.
    init?(_ bytes: [UInt8]) {
        var document = JSONDocument()
        guard document.parse(bytes.span, limits: Self.limits) == nil, document.rootKind == .object else { return nil }
        self.bytes = bytes
        self.document = document
    }

    /// The object's member of that name and kind object.
    func object(_ name: StaticString, of object: Int = 0) -> Int? {
        guard let node = document.member(name, of: object, in: bytes.span) else { return nil }
        return document.nodes[node].kind == .object ? node : nil
    }

    /// The text of the object's member; `absent` too where there is no object.
    func text(_ name: StaticString, of object: Int? = 0) -> EventText {
        guard let object, let node = document.member(name, of: object, in: bytes.span) else { return .absent }
        return text(at: node)
    }

    /// The elements of the object's member, which must be an array of texts.
    func texts(_ name: StaticString, of object: Int? = 0) -> [EventText] {
        guard let object, let node = document.member(name, of: object, in: bytes.span) else { return [] }
        return texts(at: node)
    }

    /// The values of all members whose name is `name` in any case, in the order of the text: a header map.
    /// - Parameters:
    ///   - name: in lower case.
    ///   - areLists: whether each member is an array of values.
    func values(named name: [UInt8], in map: Int?, areLists: Bool) -> [EventText] {
        guard let map else { return [] }
        var found: [EventText] = []
        document.forEachMember(of: map) { member, value in
            guard isName(member, name) else { return }
            found += areLists ? texts(at: value) : [text(at: value)]
        }
        return found.filter { $0 != .absent }
    }

    private func text(at node: Int) -> EventText {
        switch document.nodes[node].kind {
        case .null: return .absent
        case .string:
            var text: [UInt8] = []
            document.appendString(node, in: bytes.span, to: &text)
            return .text(text)
        case .object, .array, .number, .true, .false: return .malformed
        }
    }

    private func texts(at node: Int) -> [EventText] {
        switch document.nodes[node].kind {
        case .null: return []
        case .array:
            var found: [EventText] = []
            _ = document.firstElement(of: node) { element in
                found.append(text(at: element))
                return false
            }
            return found
        case .object, .string, .number, .true, .false: return [.malformed]
        }
    }

    private func isName(_ node: Int, _ name: [UInt8]) -> Bool {
        var text: [UInt8] = []
        document.appendString(node, in: bytes.span, to: &text)
        return text.count == name.count && zip(text, name).allSatisfy { $0.lowercasedASCII == $1 }
    }
}

/// A member that should be a text.
enum EventText: Equatable {
    /// Not there, or null.
    case absent
    case text([UInt8])
    /// There, and no text.
    case malformed
}

extension UInt8 {
    var lowercasedASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}

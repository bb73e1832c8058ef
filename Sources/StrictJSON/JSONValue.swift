/// A JSON value as a tree that owns its text, for everything that is not on the way of a request.
package struct JSONValue: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        case object([Member])
        case array([JSONValue])
        case string(String)
        /// The number as it was written.
        case number(String)
        case bool(Bool)
        case null
    }

    package struct Member: Sendable, Equatable {
        package let name: String
        /// Where the name stands in the text.
        package let offset: Int
        package let value: JSONValue

        package init(name: String, offset: Int = 0, value: JSONValue) {
            self.name = name
            self.offset = offset
            self.value = value
        }
    }

    package let content: Content
    /// Where the value stands in the text, in bytes.
    package let offset: Int

    package init(_ content: Content, at offset: Int = 0) {
        self.content = content
        self.offset = offset
    }

    /// Reads a whole text.
    package init(parsing bytes: Span<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        var document = JSONDocument()
        if let failure = document.parse(bytes, limits: limits) { throw failure }
        self = document.value(0, in: bytes)
    }

    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = content else { return nil }
        // By bytes: Swift's == takes two spellings of one character for equal, JSON does not (RFC 8259 §8.3).
        return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    package var string: String? {
        if case .string(let text) = content { text } else { nil }
    }

    package var elements: [JSONValue]? {
        if case .array(let elements) = content { elements } else { nil }
    }
}

extension JSONDocument {
    /// The tree below the node at `index`. Its depth is bounded by the limits of the parse.
    package func value(_ index: Int, in bytes: Span<UInt8>) -> JSONValue {
        let node = nodes[index]
        let content: JSONValue.Content
        switch node.kind {
        case .object:
            var members: [JSONValue.Member] = []
            forEachMember(of: index) { name, value in
                members.append(
                    JSONValue.Member(
                        name: string(name, in: bytes) ?? "",
                        offset: Int(nodes[name].start) - 1,
                        value: self.value(value, in: bytes)
                    )
                )
            }
            content = .object(members)
        case .array:
            var elements: [JSONValue] = []
            _ = firstElement(of: index) { element in
                elements.append(value(element, in: bytes))
                return false
            }
            content = .array(elements)
        case .string: content = .string(string(index, in: bytes) ?? "")
        case .number:
            var text = ""
            for position in node.range { text.unicodeScalars.append(Unicode.Scalar(bytes[position])) }
            content = .number(text)
        case .true: content = .bool(true)
        case .false: content = .bool(false)
        case .null: content = .null
        }
        let quote = node.kind == .string ? 1 : 0
        return JSONValue(content, at: Int(node.start) - quote)
    }
}

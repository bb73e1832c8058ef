/// Reading a document. `bytes` is always the text that was parsed.
extension JSONDocument {
    /// The root's kind; nil when there is no document.
    package var rootKind: JSONKind? { nodes.first?.kind }

    /// The value of the member `name` (compared with escapes resolved) of the object at `object`.
    /// - Returns: the index of its node, or nil where the object has no such member or is none.
    package func member(_ name: Span<UInt8>, of object: Int, in bytes: Span<UInt8>) -> Int? {
        guard object < nodes.count, nodes[object].kind == .object else { return nil }
        var index = object + 1
        let end = Int(nodes[object].next)
        while index < end {
            if stringEquals(index, name, in: bytes) { return index + 1 }
            index = Int(nodes[index + 1].next)
        }
        return nil
    }

    /// The same for a name that is known when the program is written.
    package func member(_ name: StaticString, of object: Int, in bytes: Span<UInt8>) -> Int? {
        // Safe: a static string's bytes live as long as the program.
        let buffer = unsafe UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return unsafe member(Span(_unsafeElements: buffer), of: object, in: bytes)
    }

    /// Calls `body` with the node indices of the name and value of each member, in the order of the text.
    package func forEachMember(of object: Int, _ body: (_ name: Int, _ value: Int) -> Void) {
        guard object < nodes.count, nodes[object].kind == .object else { return }
        var index = object + 1
        while index < Int(nodes[object].next) {
            body(index, index + 1)
            index = Int(nodes[index + 1].next)
        }
    }

    /// The first element of the array at `array` for which `body` is true.
    package func firstElement(of array: Int, where body: (Int) -> Bool) -> Int? {
        guard array < nodes.count, nodes[array].kind == .array else { return nil }
        var index = array + 1
        while index < Int(nodes[array].next) {
            if body(index) { return index }
            index = Int(nodes[index].next)
        }
        return nil
    }

    /// Whether the node is a string whose text is `text`.
    package func stringEquals(_ index: Int, _ text: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
        let node = nodes[index]
        guard node.kind == .string else { return false }
        if node.isEscaped {
            var resolved: [UInt8] = []
            JSONText.append(node, in: bytes, to: &resolved)
            guard resolved.count == text.count else { return false }
            for offset in resolved.indices where resolved[offset] != text[offset] { return false }
            return true
        }
        return bytes.hasSameBytes(node.range, text, 0..<text.count)
    }

    /// The same for a text that is known when the program is written.
    package func stringEquals(_ index: Int, _ text: StaticString, in bytes: Span<UInt8>) -> Bool {
        // Safe: a static string's bytes live as long as the program.
        let buffer = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return unsafe stringEquals(index, Span(_unsafeElements: buffer), in: bytes)
    }

    /// Appends the text of the string at `index`; nothing for another kind.
    package func appendString(_ index: Int, in bytes: Span<UInt8>, to output: inout [UInt8]) {
        guard nodes[index].kind == .string else { return }
        JSONText.append(nodes[index], in: bytes, to: &output)
    }

    /// The text of the string at `index`; nil for another kind.
    package func string(_ index: Int, in bytes: Span<UInt8>) -> String? {
        guard nodes[index].kind == .string else { return nil }
        var text: [UInt8] = []
        JSONText.append(nodes[index], in: bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The number at `index`, if it is written as an integer (no fraction, no exponent) that fits in 64 bits.
    package func integer(_ index: Int, in bytes: Span<UInt8>) -> Int64? {
        JSONNumber.integer(nodes[index], in: bytes)
    }

    /// The number at `index` as the nearest double; nil for another kind and for a number beyond all doubles.
    package func double(_ index: Int, in bytes: Span<UInt8>) -> Double? {
        JSONNumber.double(nodes[index], in: bytes)
    }
}

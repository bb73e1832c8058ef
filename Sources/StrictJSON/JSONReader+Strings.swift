extension JSONReader {
    /// Reads a string value whose opening quote is at `position`.
    mutating func readString(_ bytes: Span<UInt8>) -> JSONError? {
        position += 1
        let start = position
        var isEscaped = false
        while position < end {
            let byte = bytes[position]
            if byte == .quote {
                nodes.append(
                    JSONNode(
                        kind: .string,
                        isEscaped: isEscaped,
                        start: UInt32(start),
                        end: UInt32(position),
                        next: UInt32(nodes.count + 1)
                    )
                )
                position += 1
                return nil
            }
            if byte == .backslash {
                isEscaped = true
                switch JSONText.escape(
                    bytes,
                    at: position,
                    before: end,
                    allowsLoneSurrogates: limits.allowsLoneSurrogates
                ) {
                case .success(let escape): position += escape.length
                case .failure(let error): return error
                }
            } else if byte >= 0x80 {
                let length = UTF8Sequence.length(bytes, at: position, before: end)
                guard length > 0 else { return JSONError(.badUTF8, at: position) }
                position += length
            } else {
                guard byte >= 0x20 else { return JSONError(.controlCharacter, at: position) }
                position += 1
            }
        }
        return JSONError(.unexpectedEnd, at: position)
    }

    /// Reads `"name" :` and refuses a name that the object already has, however it is spelt.
    mutating func readName(_ byte: UInt8, _ bytes: Span<UInt8>) -> JSONError? {
        guard byte == .quote else { return JSONError(.unexpectedByte, at: position) }
        guard nodes.count < limits.nodes else { return JSONError(.tooManyValues, at: position) }
        let start = position
        if let failure = readString(bytes) { return failure }
        guard isNewName(bytes) else { return JSONError(.duplicateName, at: start) }
        while position < end, isWhiteSpace(bytes[position]) { position += 1 }
        guard position < end else { return JSONError(.unexpectedEnd, at: position) }
        guard bytes[position] == .colon else { return JSONError(.unexpectedByte, at: position) }
        position += 1
        return nil
    }

    private func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == .space || byte == .lineFeed || byte == .carriageReturn || byte == .tab
    }

    /// Whether the name just read, the document's last node, is the first of its kind in the innermost object.
    private func isNewName(_ bytes: Span<UInt8>) -> Bool {
        guard let depth = workspace.open.indices.last else { return false }
        let object = workspace.open[depth].node
        let members = Int(workspace.open[depth].members)
        workspace.open[depth].members += 1
        let name = nodes.count - 1
        if members < NameTable.smallObject { return isNewBySearch(name, object: object, bytes) }
        if members == NameTable.smallObject {
            // The object has outgrown the search: enter the names it has so far.
            var index = Int(object) + 1
            while index < name {
                _ = enter(index, object: object, bytes)
                index = Int(nodes[index + 1].next)
            }
        }
        return enter(name, object: object, bytes)
    }

    private func isNewBySearch(
        _ name: Int,
        object: UInt32,
        _ bytes: Span<UInt8>
    ) -> Bool {
        var index = Int(object) + 1
        while index < name {
            if JSONText.areEqual(nodes[index], nodes[name], in: bytes) { return false }
            index = Int(nodes[index + 1].next)
        }
        return true
    }

    private func enter(_ name: Int, object: UInt32, _ bytes: Span<UInt8>) -> Bool {
        let node = nodes[name]
        let nodes = self.nodes
        let hash = JSONText.hash(node, in: bytes, seed: workspace.seed)
        return workspace.names.insert(object: object, name: UInt32(name), hash: hash) { other in
            JSONText.areEqual(nodes[Int(other)], node, in: bytes)
        }
    }
}

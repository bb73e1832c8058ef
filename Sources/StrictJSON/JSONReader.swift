/// One pass over a text: checks the grammar of RFC 8259 and writes the nodes of a document. No recursion, so the depth
/// of a hostile text costs no stack.
struct JSONReader {
    /// An array or object that is still open.
    struct Container: Sendable {
        var node: UInt32
        var isObject: Bool
        var members: UInt32
    }

    private enum Expecting {
        case value, valueOrEnd, nameOrEnd, name, commaOrEnd
    }

    var position: Int
    let end: Int
    let limits: JSONLimits
    var nodes: [JSONNode]
    let workspace: JSONWorkspace

    mutating func read(_ bytes: Span<UInt8>) -> JSONError? {
        var expecting = Expecting.value
        while true {
            skipWhiteSpace(bytes)
            guard position < end else { return JSONError(.unexpectedEnd, at: position) }
            let byte = bytes[position]
            let failure: JSONError?
            switch expecting {
            case .value, .valueOrEnd:
                if byte == .closeBracket, case .valueOrEnd = expecting {
                    failure = close()
                } else {
                    failure = readValue(byte, bytes)
                }
            case .name, .nameOrEnd:
                if byte == .closeBrace, case .nameOrEnd = expecting {
                    failure = close()
                } else {
                    failure = readName(byte, bytes)
                    if failure == nil {
                        expecting = .value
                        continue
                    }
                }
            case .commaOrEnd:
                guard let container = workspace.open.last else { return JSONError(.trailingBytes, at: position) }
                if byte == .comma {
                    position += 1
                    expecting = container.isObject ? .name : .value
                    continue
                }
                guard byte == (container.isObject ? .closeBrace : .closeBracket) else {
                    return JSONError(.unexpectedByte, at: position)
                }
                failure = close()
            }
            if let failure { return failure }
            if workspace.open.isEmpty { return finish(bytes) }
            expecting = next()
        }
    }

    /// What may follow, given what has just been read: a container that has just been opened may end at once.
    private func next() -> Expecting {
        guard let container = workspace.open.last else { return .commaOrEnd }
        if Int(container.node) == nodes.count - 1, nodes[Int(container.node)].end == 0 {
            return container.isObject ? .nameOrEnd : .valueOrEnd
        }
        return .commaOrEnd
    }

    private mutating func finish(_ bytes: Span<UInt8>) -> JSONError? {
        skipWhiteSpace(bytes)
        return position == end ? nil : JSONError(.trailingBytes, at: position)
    }

    private mutating func skipWhiteSpace(_ bytes: Span<UInt8>) {
        while position < end {
            let byte = bytes[position]
            guard byte == .space || byte == .lineFeed || byte == .carriageReturn || byte == .tab else { return }
            position += 1
        }
    }

    private mutating func readValue(
        _ byte: UInt8,
        _ bytes: Span<UInt8>
    ) -> JSONError? {
        guard nodes.count < limits.nodes else { return JSONError(.tooManyValues, at: position) }
        switch byte {
        case .openBrace, .openBracket: return open(isObject: byte == .openBrace)
        case .quote: return readString(bytes)
        case .minus, .zero ... .nine: return readNumber(bytes)
        case .lowerT: return readLiteral("true", .true, bytes)
        case .lowerF: return readLiteral("false", .false, bytes)
        case .lowerN: return readLiteral("null", .null, bytes)
        default: return JSONError(.unexpectedByte, at: position)
        }
    }

    private mutating func open(isObject: Bool) -> JSONError? {
        guard workspace.open.count < limits.depth else { return JSONError(.tooDeep, at: position) }
        workspace.open.append(Container(node: UInt32(nodes.count), isObject: isObject, members: 0))
        append(isObject ? .object : .array, from: position, to: 0)
        position += 1
        return nil
    }

    private mutating func close() -> JSONError? {
        position += 1
        guard let container = workspace.open.popLast() else { return JSONError(.unexpectedByte, at: position - 1) }
        nodes[Int(container.node)].end = UInt32(position)
        nodes[Int(container.node)].next = UInt32(nodes.count)
        return nil
    }

    private mutating func readLiteral(
        _ literal: StaticString,
        _ kind: JSONKind,
        _ bytes: Span<UInt8>
    ) -> JSONError? {
        let start = position
        guard bytes.matches(literal, at: start, before: end) else { return JSONError(.badLiteral, at: start) }
        position += literal.utf8CodeUnitCount
        append(kind, from: start, to: position)
        return nil
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private mutating func readNumber(_ bytes: Span<UInt8>) -> JSONError? {
        let start = position
        if bytes[position] == .minus { position += 1 }
        let leadingZero = position < end && bytes[position] == .zero
        let integerDigits = skipDigits(bytes)
        guard integerDigits > 0, !(leadingZero && integerDigits > 1) else { return JSONError(.badNumber, at: start) }
        if position < end, bytes[position] == .dot {
            position += 1
            guard skipDigits(bytes) > 0 else { return JSONError(.badNumber, at: start) }
        }
        if position < end, bytes[position] | 0x20 == .lowerE {
            position += 1
            if position < end, bytes[position] == .plus || bytes[position] == .minus { position += 1 }
            guard skipDigits(bytes) > 0 else { return JSONError(.badNumber, at: start) }
        }
        append(.number, from: start, to: position)
        return nil
    }

    private mutating func skipDigits(_ bytes: Span<UInt8>) -> Int {
        let start = position
        while position < end, bytes[position] >= .zero, bytes[position] <= .nine { position += 1 }
        return position - start
    }

    private mutating func append(_ kind: JSONKind, from start: Int, to end: Int) {
        nodes.append(
            JSONNode(
                kind: kind,
                isEscaped: false,
                start: UInt32(start),
                end: UInt32(end),
                next: UInt32(nodes.count + 1)
            )
        )
    }
}

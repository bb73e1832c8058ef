internal import StrictJSON

/// Looking for values in claims.
extension JSONDocument {
    /// Whether the node is the string `text`, or an array that has it.
    func holdsString(_ node: Int, _ text: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
        switch nodes[node].kind {
        case .string: return stringEquals(node, text, in: bytes)
        case .array:
            var index = node + 1
            while index < Int(nodes[node].next) {
                if stringEquals(index, text, in: bytes) { return true }
                index = Int(nodes[index].next)
            }
            return false
        case .object, .number, .true, .false, .null: return false
        }
    }

    /// The node at the end of a path of member names.
    func node(at path: [[UInt8]], in bytes: Span<UInt8>) -> Int? {
        var node = 0
        for name in path {
            guard let next = member(name.span, of: node, in: bytes) else { return nil }
            node = next
        }
        return node
    }

    /// Whether the claims grant `scope`: in `scope`, words in a string (RFC 8693 §4.2), or in `scp`, an array or a string
    /// as some issuers write it.
    func hasScope(_ scope: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
        holdsScope(member("scope", of: 0, in: bytes), scope, bytes)
            || holdsScope(member("scp", of: 0, in: bytes), scope, bytes)
    }

    private func holdsScope(_ node: Int?, _ scope: Span<UInt8>, _ bytes: Span<UInt8>) -> Bool {
        guard let node else { return false }
        return nodes[node].kind == .array ? holdsString(node, scope, in: bytes) : hasWord(node, scope, in: bytes)
    }

    /// Whether `word` is one of the words of the string at `node`, which single spaces part (RFC 6749 §3.3).
    func hasWord(_ node: Int, _ word: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
        guard nodes[node].kind == .string, word.count > 0 else { return false }
        guard nodes[node].isEscaped else { return Self.hasWord(bytes, in: nodes[node].range, word) }
        var text: [UInt8] = []
        appendString(node, in: bytes, to: &text)
        return Self.hasWord(text.span, in: 0..<text.count, word)
    }

    private static func hasWord(_ bytes: Span<UInt8>, in range: Range<Int>, _ word: Span<UInt8>) -> Bool {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound, bytes[end] != UInt8(ascii: " ") { end += 1 }
            if end - start == word.count {
                var isEqual = true
                for offset in 0..<word.count where bytes[start + offset] != word[offset] { isEqual = false }
                if isEqual { return true }
            }
            start = end + 1
        }
        return false
    }
}

/// Finds the blocks of a PEM text (RFC 7468), strictly: markers on lines of their own, the same label at both ends,
/// nothing but base64 between them, no headers, no blanks, canonical padding. Text outside of the blocks is explanation
/// (RFC 7468 §5.2) and not looked at, unless it looks like a marker.
struct PEMScanner {
    /// The longest content of a block, in characters of base64.
    static let longestBlock = 32_768

    private var position = 0
    private var count = 0

    /// The next block; nil at the end of the text. `bytes` is always the same text.
    mutating func next(_ bytes: Span<UInt8>) throws(KeyError) -> PEMBlock? {
        while let line = nextLine(bytes) {
            let text = bytes.extracting(line)
            guard text.hasPrefix("-----") else { continue }
            count += 1
            guard let name = Self.name(text, after: "-----BEGIN ") else {
                throw KeyError(.badPEM, "a line of dashes that begins no block (RFC 7468)", position: count)
            }
            return try block(bytes, name: (line.lowerBound + name.lowerBound)..<(line.lowerBound + name.upperBound))
        }
        return nil
    }

    private mutating func block(_ bytes: Span<UInt8>, name: Range<Int>) throws(KeyError) -> PEMBlock {
        var text: [UInt8] = []
        // No growing, so that no copy of a secret stays behind.
        text.reserveCapacity(min(bytes.count - position, Self.longestBlock) + 4)
        defer { text.wipe() }
        while let line = nextLine(bytes) {
            let content = bytes.extracting(line)
            if content.hasPrefix("-----") {
                guard let end = Self.name(content, after: "-----END "),
                    Self.isSame(bytes.extracting(name), content.extracting(end))
                else {
                    throw KeyError(.badPEM, "a block that ends with another label (RFC 7468 §2)", position: count)
                }
                guard let decoded = Self.decode(&text) else {
                    throw KeyError(.badPEM, "a block that is not base64 (RFC 7468 §3)", position: count)
                }
                return PEMBlock(label: PEMBlock.Label(bytes.extracting(name)), content: decoded, position: count)
            }
            guard content.count > 0, text.count + content.count <= Self.longestBlock else {
                throw KeyError(.badPEM, "a block with an empty line, or a very long one", position: count)
            }
            for index in 0..<content.count { text.append(content[index]) }
        }
        throw KeyError(.badPEM, "a block without its end (RFC 7468 §2)", position: count)
    }

    /// The next line without its LF or CRLF; nil at the end.
    private mutating func nextLine(_ bytes: Span<UInt8>) -> Range<Int>? {
        guard position < bytes.count else { return nil }
        let start = position
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        position = end + 1
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    /// Where the label stands in a marker that begins with `start`; nil for a line that is no such marker.
    private static func name(_ line: Span<UInt8>, after start: StaticString) -> Range<Int>? {
        let first = start.utf8CodeUnitCount
        guard line.hasPrefix(start), line.count >= first + 5, line.extracting((line.count - 5)...).hasPrefix("-----")
        else { return nil }
        return first..<(line.count - 5)
    }

    private static func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count where left[index] != right[index] { return false }
        return true
    }

    /// Decodes base64 (RFC 4648 §4) with its padding; `text` is changed.
    private static func decode(_ text: inout [UInt8]) -> [UInt8]? {
        guard !text.isEmpty, text.count % 4 == 0 else { return nil }
        var padding = 0
        while padding < 2, text.last == UInt8(ascii: "=") {
            text.removeLast()
            padding += 1
        }
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "+"): text[index] = UInt8(ascii: "-")
            case UInt8(ascii: "/"): text[index] = UInt8(ascii: "_")
            case UInt8(ascii: "-"), UInt8(ascii: "_"): return nil
            default: break
            }
        }
        return Base64URL.decode(text.span)
    }
}

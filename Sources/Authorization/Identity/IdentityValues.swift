internal import StrictJSON

/// The values of the identity headers of the last decision, ready to stand in a header field: visible ASCII and spaces,
/// never a CR, LF or NUL.
package struct IdentityValues {
    /// All values, one after the other.
    package private(set) var bytes: [UInt8] = []
    /// One for each name of `Policy.identityHeaderNames`, in its order; an absent claim is an empty range.
    package private(set) var ranges: [Range<Int>] = []
    /// Whether a value is no text, because a surrogate stands alone in it.
    private var isMalformed = false

    /// The most that all values together may take, so that a gateway's header buffers hold them.
    package static let maximumBytes = 4096

    /// As for an anonymous request: every value empty.
    init(count: Int = 0) { ranges = Array(repeating: 0..<0, count: count) }

    /// Takes the values from verified claims.
    /// - Returns: false where one is no text or they are too long together; then nothing in here means anything.
    mutating func set(_ map: IdentityMap, _ document: JSONDocument, _ source: Span<UInt8>) -> Bool {
        isMalformed = false
        bytes.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        for path in map.claims {
            let start = bytes.count
            if !path.isEmpty, let node = document.node(at: path, in: source) { append(node, document, source) }
            ranges.append(start..<bytes.count)
        }
        return bytes.count <= Self.maximumBytes && !isMalformed
    }

    /// A string, number or boolean as its text, an array's elements with commas between; null and objects are empty.
    private mutating func append(_ node: Int, _ document: JSONDocument, _ source: Span<UInt8>) {
        guard document.nodes[node].kind == .array else {
            appendScalar(node, document, source, inList: false)
            return
        }
        var index = node + 1
        while index < Int(document.nodes[node].next) {
            if index > node + 1 { bytes.append(UInt8(ascii: ",")) }
            appendScalar(index, document, source, inList: true)
            index = Int(document.nodes[index].next)
        }
    }

    private mutating func appendScalar(_ node: Int, _ document: JSONDocument, _ source: Span<UInt8>, inList: Bool) {
        switch document.nodes[node].kind {
        case .string where document.nodes[node].isEscaped:
            var text: [UInt8] = []
            document.appendString(node, in: source, to: &text)
            if !UTF8Sequence.isWellFormed(text.span) { isMalformed = true }
            appendEncoded(text.span, 0..<text.count, inList: inList)
        case .string, .number, .true, .false:
            appendEncoded(source, document.nodes[node].range, inList: inList)
        case .object, .array, .null: break
        }
    }

    /// Percent-encodes what a header cannot carry and what would make two values one: controls, non-ASCII, `%` itself, a
    /// comma within a list, and a space at an end, which HTTP trims.
    private mutating func appendEncoded(_ text: Span<UInt8>, _ range: Range<Int>, inList: Bool) {
        var start = range.lowerBound
        for position in range where !isPlain(text[position], inList: inList) {
            let isEnd = position == range.lowerBound || position == range.upperBound - 1
            if text[position] == 0x20, !isEnd { continue }
            text.append(start..<position, to: &bytes)
            bytes.append(contentsOf: PercentTriplet.encode(text[position]))
            start = position + 1
        }
        text.append(start..<range.upperBound, to: &bytes)
    }

    private func isPlain(_ byte: UInt8, inList: Bool) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "%") && !(inList && byte == UInt8(ascii: ","))
    }
}

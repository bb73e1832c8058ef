/// One canonical form for hosts: lower case, without port and trailing dot.
package enum CanonicalHost {
    /// Writes the canonical form of `bytes[range]` (a Host value: RFC 9110 §7.2) to `output`, replacing what it held.
    /// - Returns: false for what is not a host name of letters, digits, `-` and `_`, nor an IP literal in brackets, with
    ///   an optional port of digits.
    package static func write(_ bytes: Span<UInt8>, in range: Range<Int>, to output: inout [UInt8]) -> Bool {
        output.removeAll(keepingCapacity: true)
        guard range.count > 0, range.count <= 255 else { return false }
        let isLiteral = bytes[range.lowerBound] == UInt8(ascii: "[")
        let end = isLiteral ? literalEnd(bytes, in: range) : nameEnd(bytes, in: range)
        guard let end, isPort(bytes, in: end..<range.upperBound) else { return false }
        for position in range.lowerBound..<end { output.append(bytes[position].lowercasedASCII) }
        if isLiteral { return true }
        // One trailing dot is the root's and means the same host.
        if output.last == UInt8(ascii: ".") { output.removeLast() }
        return areLabels(output)
    }

    /// The same for text; nil where it is no host.
    package static func canonical(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        guard write(bytes.span, in: 0..<bytes.count, to: &output) else { return nil }
        return String(decoding: output, as: UTF8.self)
    }

    private static func nameEnd(_ bytes: Span<UInt8>, in range: Range<Int>) -> Int? {
        for position in range {
            let byte = bytes[position]
            if byte == UInt8(ascii: ":") { return position }
            guard
                byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
                    || byte == UInt8(ascii: "_")
            else { return nil }
        }
        return range.upperBound
    }

    private static func literalEnd(_ bytes: Span<UInt8>, in range: Range<Int>) -> Int? {
        for position in range.dropFirst() {
            let byte = bytes[position]
            if byte == UInt8(ascii: "]") { return position > range.lowerBound + 2 ? position + 1 : nil }
            guard byte.isASCIIHexDigit || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") else { return nil }
        }
        return nil
    }

    private static func isPort(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return true }
        guard bytes[range.lowerBound] == UInt8(ascii: ":"), range.count <= 6 else { return false }
        for position in range.dropFirst() where !bytes[position].isASCIIDigit { return false }
        return true
    }

    /// Non-empty labels of at most 63 bytes (RFC 1035 §2.3.4).
    private static func areLabels(_ host: [UInt8]) -> Bool {
        var length = 0
        for byte in host {
            if byte == UInt8(ascii: ".") {
                guard length > 0 else { return false }
                length = 0
            } else {
                length += 1
                guard length <= 63 else { return false }
            }
        }
        return length > 0
    }
}

internal import StrictJSON

/// One canonical form for paths, for every door.
///
/// A path that two servers could read in two ways is refused, never repaired, because authd decides and somebody else
/// serves: encoded or plain dot segments and separators, empty segments, backslashes, parameters, double encoding,
/// characters that some servers fold to ASCII, and what file systems trim. What is left is decoded once and compared.
package enum CanonicalPath {
    package enum Outcome: Sendable, Equatable {
        case canonical
        /// A legal request target that could be read in two ways.
        case ambiguous
        /// Not a legal request target (RFC 9112 §3.2.1, RFC 3986 §3.3).
        case malformed
    }

    /// Writes the canonical form of the path in the request target `bytes[range]` to `output`, replacing what it held.
    /// The query takes no part, but must be legal too.
    package static func write(_ bytes: Span<UInt8>, in range: Range<Int>, to output: inout [UInt8]) -> Outcome {
        output.removeAll(keepingCapacity: true)
        guard !range.isEmpty, bytes[range.lowerBound] == UInt8(ascii: "/") else { return .malformed }
        var outcome = Outcome.canonical
        var segment = 0
        var hasFoldingText = false
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = bytes[position]
            switch PathByte.kind(of: byte) {
            case .plain:
                let end = PathByte.plainRun(bytes, from: position, to: range.upperBound)
                bytes.append(position..<end, to: &output)
                position = end
            case .slash:
                if output.count > 0, !isPlainSegment(output, from: segment) { outcome = .ambiguous }
                // An empty segment, except before the first one.
                if output.last == UInt8(ascii: "/") { outcome = .ambiguous }
                output.append(byte)
                segment = output.count
                position += 1
            case .percent:
                guard let decoded = PercentTriplet.decode(bytes, at: position, before: range.upperBound) else {
                    return .malformed
                }
                if !PathByte.isSafeWhenEncoded(decoded) { outcome = .ambiguous }
                if decoded >= 0x80 { hasFoldingText = true }
                output.append(decoded)
                position += 3
            case .question:
                guard isLegalQuery(bytes, in: (position + 1)..<range.upperBound) else { return .malformed }
                position = range.upperBound
            case .ambiguous:
                outcome = .ambiguous
                output.append(byte)
                position += 1
            case .illegal:
                return .malformed
            }
        }
        guard outcome == .canonical, isPlainSegment(output, from: segment) else { return .ambiguous }
        return !hasFoldingText || FoldingText.isUnambiguous(output) ? .canonical : .ambiguous
    }

    /// Visible ASCII without `#` (RFC 3986 §3.4). Percent triplets are not looked at: the query takes no part in rules.
    private static func isLegalQuery(_ bytes: Span<UInt8>, in range: Range<Int>) -> Bool {
        for position in range {
            let byte = bytes[position]
            guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "#") else { return false }
        }
        return true
    }

    /// Whether the decoded segment from `start` is one that no server trims, strips or climbs with: not `.` or `..`, no
    /// dot or space at an end where file systems drop it, no session in parentheses as ASP.NET strips it.
    private static func isPlainSegment(_ output: [UInt8], from start: Int) -> Bool {
        guard start < output.count, let last = output.last else { return true }
        let first = output[start]
        if last == UInt8(ascii: ".") || last == UInt8(ascii: " ") || first == UInt8(ascii: " ") { return false }
        guard first == UInt8(ascii: "("), last == UInt8(ascii: ")") else { return true }
        let isSession =
            output.count - start > 4 && output[start + 1].isASCIILetter && output[start + 2] == UInt8(ascii: "(")
        return !isSession
    }

    /// The canonical form of one segment of a rule's pattern; nil where a request with it would be refused.
    package static func canonicalSegment(_ text: String) -> String? {
        let bytes = Array(("/" + text).utf8)
        var output: [UInt8] = []
        // A pattern may be written with plain UTF-8, which a request must encode.
        let encoded = bytes.flatMap { byte -> [UInt8] in
            byte < 0x80 && byte != UInt8(ascii: " ") ? [byte] : PercentTriplet.encode(byte)
        }
        guard !text.utf8.contains(UInt8(ascii: "?")),
            write(encoded.span, in: 0..<encoded.count, to: &output) == .canonical
        else {
            return nil
        }
        return String(decoding: output.dropFirst(), as: UTF8.self)
    }
}

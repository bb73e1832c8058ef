/// A path pattern: literal segments, `*` for exactly one segment, and `/**` at the end for the path before it and all
/// below. `/**` alone is every path.
package struct PathPattern: Sendable, Hashable {
    package enum Segment: Sendable, Hashable {
        /// In canonical form: percent-encoded only where it must be, decoded otherwise.
        case literal(String)
        case any
    }

    package let segments: [Segment]
    /// Whether everything below belongs to it.
    package let coversBelow: Bool
    /// As the operator wrote it.
    package let text: String

    /// Why a text is not a pattern, in words for an operator.
    package struct Refusal: Error, Sendable, Equatable {
        package let message: String
    }

    package init(_ text: String) throws(Refusal) {
        guard text.utf8.first == UInt8(ascii: "/") else { throw Refusal(message: "a path starts with \"/\"") }
        // By bytes: a slash before a combining mark is a separator to every server, though not a Character of its own.
        var parts = text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        coversBelow = parts.last == "**"
        if coversBelow { parts.removeLast() }
        var segments: [Segment] = []
        for (index, part) in parts.enumerated() {
            if part == "*" {
                segments.append(.any)
                continue
            }
            guard !part.utf8.contains(UInt8(ascii: "*")) else {
                throw Refusal(message: "\"*\" stands for one whole segment, and \"**\" only at the end")
            }
            let isLast = index == parts.count - 1
            if part.isEmpty {
                // A trailing slash is an empty last segment: "/" and "/a/" are paths of their own.
                guard isLast, !coversBelow else { throw Refusal(message: "an empty segment (\"//\") never matches") }
                segments.append(.literal(""))
                continue
            }
            guard let canonical = CanonicalPath.canonicalSegment(part) else {
                throw Refusal(message: "a segment that is refused in requests as ambiguous never matches")
            }
            segments.append(.literal(canonical))
        }
        self.segments = segments
        self.text = text
    }
}

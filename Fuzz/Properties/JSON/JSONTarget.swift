internal import StrictJSON

/// JSON text (RFC 8259): what is accepted means one thing, written and read again it means the same.
package final class JSONTarget: FuzzTarget {
    private var used = JSONDocument()

    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) {
        var document = JSONDocument()
        let failure = document.parse(input)
        let usedFailure = used.parse(input)
        try require(failure == usedFailure && document.nodes == used.nodes, "a used document reads like a new one")
        try checkSurrounded(document, failure, input)
        try checkLoneSurrogates(document, failure, input)
        if let failure {
            try require(document.nodes.isEmpty, "a refused text leaves no nodes")
            try require((0...input.count).contains(failure.offset), "a refusal has a place in the text")
            return
        }
        try JSONShape.check(document, input)
        try checkRoundTrip(document, input)
        try checkTrailing(input)
    }

    /// The same text in the middle of other bytes is read alike: nothing looks beyond its range.
    private func checkSurrounded(
        _ document: JSONDocument,
        _ failure: JSONError?,
        _ input: Span<UInt8>
    ) throws(Violation) {
        let around = Array("[\"1,".utf8) + input.array + Array("0\"e]".utf8)
        var inner = JSONDocument()
        let range = 4..<(4 + input.count)
        let innerFailure = inner.parse(around.span, in: range)
        try require(innerFailure?.code == failure?.code, "bytes around a text do not matter")
        try require(innerFailure.map { $0.offset - 4 } == failure?.offset, "a refusal's place counts from the bytes")
        let shifted = inner.nodes.map { node in (node.kind, Int(node.start) - 4, Int(node.end) - 4, node.next) }
        let plain = document.nodes.map { node in (node.kind, Int(node.start), Int(node.end), node.next) }
        try require(shifted.elementsEqual(plain, by: ==), "bytes around a text do not move its nodes")
    }

    /// Allowing lone surrogates allows more and nothing else.
    private func checkLoneSurrogates(
        _ document: JSONDocument,
        _ failure: JSONError?,
        _ input: Span<UInt8>
    ) throws(Violation) {
        var loose = JSONDocument()
        let looseFailure = loose.parse(input, limits: JSONLimits(allowsLoneSurrogates: true))
        guard failure?.code != .loneSurrogate else { return }
        try require(looseFailure == failure && loose.nodes == document.nodes, "only lone surrogates are allowed more")
    }

    private func checkRoundTrip(_ document: JSONDocument, _ input: Span<UInt8>) throws(Violation) {
        let value = document.value(0, in: input)
        var writer = JSONWriter()
        writer.value(value)
        let text = writer.bytes
        try require(text.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "written text has no control characters")
        guard let back = try? JSONValue(parsing: text.span) else { throw Violation("written text can be read") }
        try require(value.means(back), "written text means the same")
        var again = JSONWriter()
        again.value(back)
        try require(again.bytes == text, "a text has one written form")
    }

    private func checkTrailing(_ input: Span<UInt8>) throws(Violation) {
        var document = JSONDocument()
        for extra in [UInt8(ascii: ","), UInt8(ascii: "}"), 0, 0xFF] {
            let longer = input.array + [extra]
            let failure = document.parse(longer.span)
            try require(failure != nil, "nothing but white space stands behind a text")
        }
    }
}

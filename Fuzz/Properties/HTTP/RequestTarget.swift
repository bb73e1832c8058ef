internal import HTTPWire

/// Request heads and the bodies behind them (RFC 9112): the same reading however the bytes are cut, and what goes on to an
/// upstream is read there as it was read here.
package final class RequestTarget: FuzzTarget {
    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) {
        let bytes = input.array
        try checkCuts(bytes, HeadLimits())
        try checkCuts(bytes, HeadLimits(startLineBytes: 40, headBytes: 160, fields: 3))
        try checkHead(bytes)
    }

    private func checkCuts(_ bytes: [UInt8], _ limits: HeadLimits) throws(Violation) {
        let whole = WireTranscript([bytes[...]], limits: limits)
        var cuts = Cuts(bytes)
        for pieces in [cuts.pieces(of: bytes, most: 40), bytes.indices.map { bytes[$0...$0] }] {
            let reading = WireTranscript(pieces, limits: limits)
            guard reading != whole else { continue }
            // A long line that has no end yet is looked at when it ends.
            let end = Array("\r\n".utf8)
            let ended = WireTranscript(pieces + [end[...]], limits: limits)
            let isWaiting = reading.refusal == nil && whole.refusal != nil && ended == whole
            try require(
                isWaiting || reading.isTooLong(as: whole),
                "pieces are read like the whole",
                "\(reading), not \(whole)"
            )
        }
    }

    private func checkHead(_ bytes: [UInt8]) throws(Violation) {
        var head = RequestHead()
        var parser = RequestHeadParser()
        guard case .complete(let length) = parser.parse(bytes.span, into: &head) else { return }
        try require(length <= bytes.count, "a head lies within the bytes")
        try FieldShape.check(head.fields, bytes, within: length)
        for range in [head.methodName, head.target, head.pathAndQuery, head.host ?? .empty] {
            try require(range.start <= range.end && range.end <= length, "a part lies within the head")
        }
        try require(head.version == .http10 || head.fields.contains(.host), "HTTP/1.1 has a host")
        try RebuiltRequest(head, bytes).check()
    }
}

internal import HTTPWire

/// What an upstream answers (RFC 9112 §4, §6.3): the same reading however the bytes are cut, and what goes on to a client
/// is read there as it was read here.
package final class ResponseTarget: FuzzTarget {
    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) {
        let bytes = input.array
        for context in [
            ResponseContext(), ResponseContext(requestWasHead: true), ResponseContext(requestAskedForUpgrade: true),
        ] {
            let whole = ResponseReading([bytes[...]], context)
            try checkCuts(bytes, whole, context)
            for head in whole.heads { try checkHead(head, context) }
        }
    }

    private func checkCuts(
        _ bytes: [UInt8],
        _ whole: ResponseReading,
        _ context: ResponseContext
    ) throws(Violation) {
        var cuts = Cuts(bytes)
        for pieces in [cuts.pieces(of: bytes, most: 40), bytes.indices.map { bytes[$0...$0] }] {
            let reading = ResponseReading(pieces, context)
            guard reading != whole else { continue }
            // A long line that has no end yet is looked at when it ends.
            let end = Array("\r\n".utf8)
            let ended = ResponseReading(pieces + [end[...]], context)
            let isWaiting = reading.refusal == nil && whole.refusal != nil && ended == whole
            try require(isWaiting, "pieces are read like the whole", "\(reading), not \(whole)")
        }
    }

    private func checkHead(_ reading: ResponseReading.Head, _ context: ResponseContext) throws(Violation) {
        let bytes = reading.bytes
        var head = ResponseHead()
        var parser = ResponseHeadParser()
        guard case .complete(let length) = parser.parse(bytes.span, for: context, into: &head) else {
            throw Violation("a head that was accepted is accepted again")
        }
        try FieldShape.check(head.fields, bytes, within: length)
        try require((100...599).contains(head.status), "a status has three digits")
        if head.status < 200 || head.status == 204 || head.status == 304 || context.requestWasHead {
            try require(head.framing == .none, "such a response has no body (RFC 9112 §6.3)")
        }
        for version in [HTTPVersion.http10, .http11] {
            try RebuiltResponse(head, bytes, context, version).check()
        }
    }
}

internal import HTTPWire

/// Chunked bodies (RFC 9112 §7.1): the same data, end and refusal however the bytes are cut.
package final class ChunkedTarget: FuzzTarget {
    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) {
        let bytes = input.array
        let whole = DecodedBody([bytes[...]])
        try checkCuts(bytes, whole, ChunkLimits())
        let narrow = ChunkLimits(extensionBytesPerChunk: 8, extensionBytes: 12, trailerBytes: 24, trailers: 2)
        let bounded = DecodedBody([bytes[...]], limits: narrow)
        try checkCuts(bytes, bounded, narrow)
        try require(!bounded.isFinished || bounded == whole, "narrow limits refuse more and read nothing else")
        try require(whole.consumed <= bytes.count, "no more is consumed than came")
        guard whole.isFinished else { return }
        let garbage = DecodedBody([bytes.prefix(whole.consumed) + [0, 0x0D, 0xFF]])
        try require(garbage == whole, "what follows a body does not matter")
        let cut = DecodedBody([bytes.prefix(whole.consumed - 1)])
        try require(!cut.isFinished && cut.refusal == nil, "a body ends with its last byte and not before")
        try checkWritten(whole.data)
    }

    private func checkCuts(_ bytes: [UInt8], _ whole: DecodedBody, _ limits: ChunkLimits) throws(Violation) {
        var cuts = Cuts(bytes)
        let pieces = DecodedBody(cuts.pieces(of: bytes, most: 7), limits: limits)
        try require(pieces == whole, "pieces are read like the whole", "\(pieces), not \(whole)")
        let single = DecodedBody(bytes.indices.map { bytes[$0...$0] }, limits: limits)
        try require(single == whole, "single bytes are read like the whole", "\(single), not \(whole)")
    }

    private func checkWritten(_ data: [UInt8]) throws(Violation) {
        var cuts = Cuts(data)
        var framed: [UInt8] = []
        for piece in cuts.pieces(of: data, most: 300) {
            ChunkWriter.appendBefore(dataOf: piece.count, to: &framed)
            framed += piece
            ChunkWriter.appendAfterData(to: &framed)
        }
        ChunkWriter.appendEnd(to: &framed)
        let back = DecodedBody([framed[...]])
        try require(back.isFinished && back.data == data, "what is framed again is the same data")
        try require(back.consumed == framed.count, "a framed body ends where it was ended")
    }
}

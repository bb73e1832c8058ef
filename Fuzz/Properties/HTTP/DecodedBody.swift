internal import HTTPWire

/// What a chunked body turned into, however it came.
struct DecodedBody: Equatable {
    private(set) var data: [UInt8] = []
    private(set) var consumed = 0
    private(set) var isFinished = false
    private(set) var refusal: HTTPRefusal?

    /// - Parameter pieces: as they come from a connection; each is read to its end before the next.
    init(_ pieces: [ArraySlice<UInt8>], limits: ChunkLimits = ChunkLimits()) {
        var reader = BodyReader(.chunked, limits: limits)
        for piece in pieces where refusal == nil && !isFinished {
            read(piece, &reader)
        }
        // Bytes that were consumed on the way to a refusal are nobody's.
        if refusal != nil { consumed = 0 }
    }

    private mutating func read(_ piece: ArraySlice<UInt8>, _ reader: inout BodyReader) {
        var unread = Array(piece)
        while true {
            switch reader.next(unread.span) {
            case .needMore(let count):
                consumed += count
                return
            case .data(let range):
                data += unread[range]
                consumed += range.upperBound
                unread.removeFirst(range.upperBound)
            case .end(let count):
                consumed += count
                isFinished = true
                return
            case .refused(let refusal):
                self.refusal = refusal
                return
            }
        }
    }
}

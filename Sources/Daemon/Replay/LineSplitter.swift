/// Cuts a stream of bytes into lines, in bounded memory: of a line that is too long nothing is kept. Sans I/O.
package struct LineSplitter: Sendable {
    private var rest: [UInt8] = []
    private var isOverlong = false
    private let limit: Int

    /// - Parameter limit: the longest line in bytes.
    package init(limit: Int = DecisionLine.maximumBytes) { self.limit = limit }

    /// Takes the next bytes and calls `body` with each line that they complete, without its end; nil for a line that is
    /// too long.
    package mutating func append<Failure: Error>(
        _ bytes: ArraySlice<UInt8>,
        _ body: ([UInt8]?) throws(Failure) -> Void
    ) throws(Failure) {
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            keep(bytes[start..<end])
            try flush(body)
            start = end + 1
        }
        keep(bytes[start...])
    }

    /// The stream is over; its last line may have no end.
    package mutating func finish<Failure: Error>(_ body: ([UInt8]?) throws(Failure) -> Void) throws(Failure) {
        if !rest.isEmpty || isOverlong { try flush(body) }
    }

    private mutating func keep(_ part: ArraySlice<UInt8>) {
        if isOverlong { return }
        guard rest.count + part.count <= limit + 1 else {
            isOverlong = true
            rest = []
            return
        }
        rest += part
    }

    private mutating func flush<Failure: Error>(_ body: ([UInt8]?) throws(Failure) -> Void) throws(Failure) {
        var line = rest
        let wasOverlong = isOverlong
        rest.removeAll(keepingCapacity: true)
        isOverlong = false
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        try body(wasOverlong || line.count > limit ? nil : line)
    }
}

/// What a head parser says of the bytes that have come so far.
package enum HeadParseResult: Equatable, Sendable {
    /// All is well so far. Call again with the same bytes and more behind them.
    case needMore
    /// The head is complete and is the first `length` bytes.
    case complete(length: Int)
    /// The bytes are refused: answer with the status, close, and never parse another byte of the connection.
    case refused(HTTPRefusal)
}

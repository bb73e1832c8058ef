/// The next thing that a body holds. Offsets count from the beginning of the span that was handed in.
package enum BodyEvent: Equatable, Sendable {
    /// The first `consumed` bytes are done with (framing, nothing to deliver); give more behind them.
    case needMore(consumed: Int)
    /// These bytes are message data. Everything up to the end of the range is done with.
    case data(Range<Int>)
    /// The body ended; the next message begins after `consumed` bytes.
    case end(consumed: Int)
    /// The framing is wrong: nothing after this can be trusted, close.
    case refused(HTTPRefusal)
}

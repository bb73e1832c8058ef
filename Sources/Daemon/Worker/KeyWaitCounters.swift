/// What became of requests with unknown keys of remote issuers; plain integers, as all counters of an event loop.
package struct KeyWaitCounters: Sendable, Equatable {
    /// Requests that waited.
    package var begun: UInt64 = 0
    /// Of these: the key was there at the end.
    package var found: UInt64 = 0
    /// Of these: a search ended without it.
    package var missing: UInt64 = 0
    /// Of these: decided before a search ended.
    package var timedOut: UInt64 = 0
    /// Requests that did not wait, since the key was looked for just now or too many waited.
    package var refused: UInt64 = 0

    package init() {}

    package mutating func add(_ other: KeyWaitCounters) {
        begun &+= other.begun
        found &+= other.found
        missing &+= other.missing
        timedOut &+= other.timedOut
        refused &+= other.refused
    }
}
